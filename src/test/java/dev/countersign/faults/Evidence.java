package dev.countersign.faults;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.devservices.shop.OrderRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a run from outside, when all was over.
 *
 * @param plan what was meant to happen
 * @param beganAt the beginning of the run
 * @param questions what rang phones, oldest first
 * @param calls at the tenant, the shop and the model, in the order of their arrival
 * @param orders what the shop took
 * @param purchases as the API shows them in the end
 * @param accepted answers to wishes
 * @param refused wishes that were given up
 * @param cancels what was taken back through the API
 * @param messages what assistants said in the end's conversations
 * @param workflows as Temporal has them
 * @param disruptions what else went wrong, and when
 */
record Evidence(
    Plan plan,
    Instant beganAt,
    List<Question> questions,
    List<Call> calls,
    List<OrderRecord> orders,
    List<Bought> purchases,
    List<Accepted> accepted,
    List<Refused> refused,
    List<Cancel> cancels,
    List<Said> messages,
    List<Flow> workflows,
    List<Disruption> disruptions) {

  /** Nothing was seen. */
  static Evidence none(Plan plan) {
    return new Evidence(
        plan,
        Instant.EPOCH,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * A question on a phone.
   *
   * @param user the asked user's sub
   * @param polls as the tenant answered them, before they were made to misbehave
   * @param press what the user did; null: nothing, or nothing in time
   */
  record Question(
      String id,
      String user,
      String message,
      Instant askedAt,
      Instant expiresAt,
      List<Polled> polls,
      @Nullable Press press) {

    /** With the last polls only. */
    @Override
    public String toString() {
      List<Polled> last = polls.subList(Math.max(0, polls.size() - 2), polls.size());
      return "question %s \"%s\" asked %s, expires %s, %s, %d polls, the last %s"
          .formatted(id, message, askedAt, expiresAt, press, polls.size(), last);
    }
  }

  /** One poll's answer, such as {@code Approved}. */
  record Polled(Instant at, String answer) {}

  /** A button that was pressed in time. */
  record Press(boolean approve, Instant at) {}

  /** A purchase. */
  record Bought(
      String id,
      String user,
      @Nullable String conversation,
      String product,
      int qty,
      @Nullable BigDecimal priceLimit,
      String status,
      String reason,
      String code,
      String message) {

    boolean hasEnded() {
      return switch (status) {
        case "ORDERED", "DENIED", "EXPIRED", "REJECTED", "CANCELLED", "FAILED", "OUTCOME_UNKNOWN" ->
            true;
        default -> false;
      };
    }
  }

  /**
   * A 2xx answer to a wish.
   *
   * @param key the {@code Idempotency-Key}
   * @param purchases the ids in it
   * @param words what the assistant said; empty: not by chat
   */
  record Accepted(int wish, String key, List<String> purchases, String words) {}

  /**
   * A wish that was given up.
   *
   * @param status HTTP status of the last answer; 0: none came
   */
  record Refused(int wish, int status, String body) {}

  /**
   * A purchase taken back.
   *
   * @param status HTTP status of the last answer; 0: none came
   */
  record Cancel(String purchase, Instant at, int status) {}

  /** An assistant's message that is news of a purchase. */
  record Said(String conversation, String purchase, String text, Instant at) {}

  /**
   * A workflow.
   *
   * @param failedTasks causes of failed workflow tasks
   * @param replays whether its history, as it is in the end, is replayed by the code that wrote it
   */
  record Flow(
      String id,
      String type,
      String status,
      List<String> failedTasks,
      boolean replays,
      int events) {}

  /**
   * Something that went wrong with a process or a network.
   *
   * @param app which application; -1: all of them
   * @param to when it was over: for a process, when it was ready again
   */
  record Disruption(Trouble trouble, int app, Instant from, Instant to) {

    boolean touches(Instant since, Instant until) {
      return !from.isAfter(until) && !to.isBefore(since);
    }
  }
}
