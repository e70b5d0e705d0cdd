package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever made a call is told what is certain of it, and nothing else. */
class CallAnswerTest {
  private static final CoveredBy APPROVAL =
      new CoveredBy(
          "transfer-1",
          Instant.parse("2026-03-01T10:04:00Z"),
          Instant.parse("2026-03-01T10:19:00Z"));
  private static final String OVERDUE =
      "The time to approve this is over, and what became of it can't be known right now.";

  private static CallAnswer pending(
      CallStatus status, @Nullable Boolean unasked, @Nullable CoveredBy coveredBy) {
    return pending(status, null, null, unasked, coveredBy);
  }

  private static CallAnswer pending(
      CallStatus status,
      @Nullable String reason,
      @Nullable String code,
      @Nullable Boolean unasked,
      @Nullable CoveredBy coveredBy) {
    return new CallAnswer.Pending(
        "transfer-2",
        CallStateFixtures.call(
            "transfer-2",
            "transfer",
            "{}",
            "Transfer 5 EUR",
            status,
            reason,
            code,
            unasked,
            coveredBy));
  }

  @Test
  void promisesNothingOfACallOfWhichNobodyKnowsWhatBecameOfIt() {
    CallAnswer overdue =
        pending(CallStatus.AWAITING_APPROVAL, OVERDUE, CallState.NO_ANSWER, null, null);

    assertThat(overdue.words())
        .isEqualTo(
            OVERDUE
                + " It is about \"Transfer 5 EUR\". Tell the user so, and don't call it again unless"
                + " they want it.");
    assertThat(overdue.sentence()).isEqualTo(OVERDUE + " It is about \"Transfer 5 EUR\".");
  }

  @Test
  void saysThatACoveredCallIsBeingDoneOnlyWhileItRuns() {
    CallAnswer runs = pending(CallStatus.RUNNING, null, APPROVAL);
    CallAnswer begins = pending(CallStatus.REQUESTED, null, APPROVAL);

    assertThat(runs.words())
        .isEqualTo(
            "This is being done right now, covered by the user's approval of 2026-03-01 10:04 UTC:"
                + " \"Transfer 5 EUR\"; don't call it again.");
    assertThat(runs.sentence())
        .isEqualTo(
            "This is being done right now, covered by your approval of 2026-03-01 10:04 UTC:"
                + " \"Transfer 5 EUR\".");
    assertThat(begins.words())
        .isEqualTo(
            "This goes on by itself: \"Transfer 5 EUR\". If the user's approval of 2026-03-01 10:04"
                + " UTC covers it, it is done without another question, or else the user is asked on"
                + " their device; don't call it again.");
    assertThat(begins.sentence())
        .isEqualTo(
            "This goes on by itself: \"Transfer 5 EUR\". If your approval of 2026-03-01 10:04 UTC"
                + " covers it, it is done without another question, or else you are asked on your"
                + " device.");
  }

  @Test
  void saysThatAnUnaskedCallIsBeingDoneOnlyWhileItRuns() {
    CallAnswer runs = pending(CallStatus.RUNNING, true, null);
    CallAnswer begins = pending(CallStatus.REQUESTED, true, null);

    assertThat(runs.words())
        .isEqualTo(
            "This is being done right now, and needs no approval: \"Transfer 5 EUR\"; don't call it"
                + " again.");
    assertThat(runs.sentence())
        .isEqualTo("This is being done right now, and needs no approval: \"Transfer 5 EUR\".");
    assertThat(begins.words())
        .isEqualTo(
            "This needs no approval, and goes on by itself: \"Transfer 5 EUR\"; don't call it"
                + " again.");
    assertThat(begins.sentence())
        .isEqualTo("This needs no approval, and goes on by itself: \"Transfer 5 EUR\".");
  }
}
