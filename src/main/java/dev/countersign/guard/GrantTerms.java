package dev.countersign.guard;

import dev.countersign.approval.TokenEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the approval of a call may be remembered, and which remembered one covers it. Part of what is
 * frozen; lives in histories: new components must be nullable.
 *
 * @param likeness the same of all calls that one approval covers ({@link Likeness})
 * @param longest how long an approval covers equal calls
 * @param askedAt when the call was frozen
 * @param conversation the only one in which it covers calls; null: in all of the user's
 * @param any names of the arguments that may differ
 * @param coveredBy the approval under which this call runs; null: its user is asked
 */
record GrantTerms(
    String likeness,
    Duration longest,
    Instant askedAt,
    @Nullable String conversation,
    List<String> any,
    @Nullable CoveredBy coveredBy) {

  GrantTerms coveredBy(CoveredBy approval) {
    return new GrantTerms(likeness, longest, askedAt, conversation, any, approval);
  }

  /** Until when an approval covers such a call: a tool may say now that it is shorter. */
  Instant end(CoveredBy approval) {
    Instant end = approval.approvedAt().plus(longest);
    return end.isBefore(approval.expiresAt()) ? end : approval.expiresAt();
  }

  /** Whether an approval covers such a call no more. */
  boolean isOver(CoveredBy approval, Instant now) {
    return TokenEnd.hasCome(end(approval), now);
  }
}
