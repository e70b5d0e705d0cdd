package dev.countersign.guard;

import java.util.List;

/** What becomes of a tool that a {@link ToolSource} offers. */
public sealed interface Admission {
  /** Its calls ask; it is known by its name now. */
  record Guarded() implements Admission {}

  /** No setting names it: it is none of the guard's. */
  record Unguarded() implements Admission {}

  /**
   * It is to be guarded but can't be, so that nobody may have it.
   *
   * @param faults why, each a sentence
   */
  record Faulty(List<String> faults) implements Admission {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
