package dev.countersign.answers;

/** One of many: what is made up in it follows from its seed and its index. */
public record GeneratedCase(long seed, int index) {

  /** The dice, from their first throw. */
  public Dice dice() {
    return Dice.of(seed, index);
  }

  /** How it is run again, alone. */
  @Override
  public String toString() {
    return "-Danswers.seed=" + seed + " -Danswers.case=" + index;
  }
}
