package dev.countersign.faults;

import dev.countersign.devservices.loopback.Fault;
import java.time.Duration;
import java.util.Map;

/** The ways of a server to misbehave. */
enum Misbehaviour {
  ERROR_500_BEFORE("500 before acting"),
  ERROR_500_AFTER("500 after acting"),
  UNAVAILABLE_503_BEFORE("503 before acting"),
  UNAVAILABLE_503_AFTER("503 after acting"),
  BUSY_429("429"),
  BUSY_429_RETRY_AFTER("429 with Retry-After"),
  RESET_BEFORE("reset before acting"),
  RESET_AFTER("reset after acting"),
  NO_ANSWER_BEFORE("no answer, not acting"),
  NO_ANSWER_AFTER("no answer after acting"),
  SLOW_BEFORE("slow, then acting"),
  SLOW_AFTER("acting, then slow"),
  TRUNCATED("truncated body"),
  HTML_BEFORE("HTML page before acting"),
  HTML_AFTER("HTML page after acting"),
  WRONG_TYPE("wrong content type");

  private static final String PAGE = "<!DOCTYPE html><html><body>Just a moment</body></html>";
  private static final Duration FOR_EVER = Duration.ofMinutes(2);

  final String words;

  Misbehaviour(String words) {
    this.words = words;
  }

  /**
   * The fault.
   *
   * @param delay of an answer that is slow
   */
  Fault fault(Duration delay) {
    return switch (this) {
      case ERROR_500_BEFORE -> new Fault.Answer(500);
      case ERROR_500_AFTER -> new Fault.AnswerAfter(new Fault.Answer(500));
      case UNAVAILABLE_503_BEFORE -> new Fault.Answer(503);
      case UNAVAILABLE_503_AFTER -> new Fault.AnswerAfter(new Fault.Answer(503));
      case BUSY_429 -> new Fault.Answer(429);
      case BUSY_429_RETRY_AFTER -> new Fault.Answer(429, null, Map.of("Retry-After", "3"));
      case RESET_BEFORE -> new Fault.Reset();
      case RESET_AFTER -> new Fault.LoseAnswer();
      case NO_ANSWER_BEFORE -> new Fault.NoAnswer(FOR_EVER);
      case NO_ANSWER_AFTER -> new Fault.HoldAfter(FOR_EVER);
      case SLOW_BEFORE -> new Fault.HoldBefore(delay);
      case SLOW_AFTER -> new Fault.HoldAfter(delay);
      case TRUNCATED -> new Fault.Truncate();
      case HTML_BEFORE -> page();
      case HTML_AFTER -> new Fault.AnswerAfter(page());
      case WRONG_TYPE -> new Fault.Mislabel("text/plain");
    };
  }

  private static Fault.Answer page() {
    return new Fault.Answer(200, PAGE, Map.of("Content-Type", "text/html"));
  }
}
