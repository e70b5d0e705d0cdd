package dev.countersign.answers;

import java.util.List;
import java.util.SplittableRandom;

/** What is left to chance: the same for the same seed and index. */
public final class Dice {
  private final SplittableRandom random;

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  static Dice of(long seed, int index) {
    return new Dice(new SplittableRandom(seed * 1_000_003 + index));
  }

  /** Further dice, which these don't depend on any more. */
  public Dice apart() {
    return new Dice(random.split());
  }

  /** Whether it is the one of so many. */
  public boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /** 0 to less than the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  public final <T> T oneOf(T... things) {
    return things[below(things.length)];
  }

  public <T> T oneOf(List<T> things) {
    return things.get(below(things.size()));
  }
}
