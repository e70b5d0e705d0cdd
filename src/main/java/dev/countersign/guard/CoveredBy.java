package dev.countersign.guard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The earlier approval that covers a call, so that its user isn't asked again.
 *
 * @param callId of the call that was approved
 * @param approvedAt when the user's yes arrived
 * @param expiresAt until when that approval covers equal calls, at the longest
 */
public record CoveredBy(String callId, Instant approvedAt, Instant expiresAt) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** For a model: {@code the user's approval of 2026-03-01 10:04 UTC}. */
  public String theUsers() {
    return "the user's approval of " + MINUTE.format(approvedAt);
  }

  /** For the user: {@code your approval of 2026-03-01 10:04 UTC}. */
  public String yours() {
    return "your approval of " + MINUTE.format(approvedAt);
  }

  /**
   * What is told of a call's end, and why its user was not asked.
   *
   * @param approval {@link #theUsers} or {@link #yours}
   */
  static String afterResult(String result, String approval) {
    return result + " (Not asked again: covered by " + approval + ".)";
  }

  /** The same for the user. */
  String afterSentence(String sentence) {
    return sentence + " You were not asked again: it was covered by " + yours() + ".";
  }
}
