package dev.countersign.faults;

import java.util.List;
import java.util.stream.Stream;

/** News of a purchase that goes on. */
final class Notices {
  static final String LOST = "Your approval may have been lost on the way, so";
  private static final List<String> APPROVE_AGAIN =
      List.of(LOST, "The question was lost at your identity provider, so");
  private static final List<String> OTHERS =
      List.of(
          "It is unclear whether your phone was asked, so",
          "Your approval ended before the shop took the order; please",
          "Your approval ended before the shop gave a clear answer; please");

  private Notices() {}

  static boolean is(Evidence.Said said) {
    return Stream.concat(APPROVE_AGAIN.stream(), OTHERS.stream()).anyMatch(said.text()::startsWith);
  }

  /** Whether the user is asked to approve again because their first approval is gone. */
  static boolean isApproveAgain(Evidence.Said said) {
    return APPROVE_AGAIN.stream().anyMatch(said.text()::startsWith);
  }
}
