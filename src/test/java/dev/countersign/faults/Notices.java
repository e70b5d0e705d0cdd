package dev.countersign.faults;

import java.util.List;

/** News of a purchase that goes on. */
final class Notices {
  static final String LOST = "Your approval was lost; please approve again.";
  static final String UNCLEAR = "It is unclear whether your phone was asked";
  private static final List<String> BEGINNINGS = List.of(LOST, UNCLEAR);

  private Notices() {}

  static boolean is(Evidence.Said said) {
    return BEGINNINGS.stream().anyMatch(said.text()::startsWith);
  }
}
