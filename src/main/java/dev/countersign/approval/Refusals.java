package dev.countersign.approval;

import org.jspecify.annotations.Nullable;

/** Says in words with what the provider refused. */
final class Refusals {
  private Refusals() {}

  static String words(int status, String error, @Nullable String description) {
    return "(" + status + " " + error + ")" + (description == null ? "" : ": " + description);
  }
}
