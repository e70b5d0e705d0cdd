package dev.countersign.faults;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.shop.OrderRecord;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Polled;
import dev.countersign.faults.Evidence.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Evidence, looked up. */
record Facts(Evidence evidence) {
  /** After a trouble, processes need this long until all goes on as before. */
  private static final Duration AFTERMATH = Duration.ofSeconds(10);

  static String message(Bought purchase) {
    return new Wish.Item(purchase.product(), purchase.qty(), purchase.priceLimit()).message();
  }

  /** More than one where the model repeated itself. */
  List<Bought> purchasesAsking(String message) {
    return evidence.purchases().stream()
        .filter(purchase -> message(purchase).equals(message))
        .toList();
  }

  List<Question> questions(String message) {
    return evidence.questions().stream()
        .filter(question -> question.message().equals(message))
        .toList();
  }

  Optional<Question> question(String id) {
    return evidence.questions().stream().filter(question -> question.id().equals(id)).findAny();
  }

  List<OrderRecord> orders(String purchase) {
    return evidence.orders().stream()
        .filter(order -> purchase.equals(order.idempotencyKey()))
        .toList();
  }

  List<Call> calls(Endpoint endpoint, String subject) {
    return evidence.calls().stream()
        .filter(call -> call.endpoint().equals(endpoint.name))
        .filter(call -> call.subject().equals(subject))
        .toList();
  }

  /** When the client has stopped to wait for an answer, at the latest. */
  Instant heardUntil(Call call) {
    Instant given = call.from().plus(patience(call));
    return call.to() == null || call.to().isAfter(given) ? given : call.to();
  }

  private static Duration patience(Call call) {
    if (call.endpoint().equals(Endpoint.TOKEN.name)) {
      return Duration.ofSeconds(35);
    }
    return call.endpoint().equals(Endpoint.ORDERS.name)
        ? Duration.ofSeconds(4)
        : Duration.ofSeconds(10);
  }

  /** Whether the true answer certainly reached a client that listened and went on. */
  boolean wasDelivered(Call call) {
    boolean came =
        switch (call.fault()) {
          case null -> call.to() != null;
          case Fault.HoldBefore _, Fault.HoldAfter _ ->
              call.to() != null && !call.to().isAfter(call.from().plus(patience(call)));
          case Fault.Answer _,
              Fault.Reset _,
              Fault.LoseAnswer _,
              Fault.NoAnswer _,
              Fault.AnswerAfter _,
              Fault.Truncate _,
              Fault.Mislabel _ ->
              false;
        };
    return came && !isDisturbed(call.from(), heardUntil(call));
  }

  /** Whether a process or a network was in trouble in this time, or shortly before or after. */
  boolean isDisturbed(Instant from, Instant to) {
    return evidence.disruptions().stream()
        .anyMatch(disruption -> disruption.touches(from.minus(AFTERMATH), to.plus(AFTERMATH)));
  }

  /** Whether one was in trouble in exactly this time. */
  boolean isCutOff(Instant from, Instant to) {
    return evidence.disruptions().stream().anyMatch(disruption -> disruption.touches(from, to));
  }

  boolean wasIssued(Question question) {
    return issuedAt(question).isPresent();
  }

  /** When the token of this question was handed out, or lost on the way. */
  Optional<Instant> issuedAt(Question question) {
    return question.polls().stream()
        .filter(poll -> poll.answer().equals("Approved"))
        .map(Polled::at)
        .findFirst();
  }

  /** Whether the token was handed out, and no order was made with it. */
  boolean wasTokenLost(Question question) {
    return wasIssued(question)
        && evidence.orders().stream().noneMatch(order -> question.id().equals(order.tokenId()));
  }

  /** Whether a poll in this time may have failed by no fault of the product's. */
  boolean isHindered(Question question, Instant from, Instant to) {
    boolean misbehaved =
        calls(Endpoint.TOKEN, question.id()).stream()
            .filter(call -> call.fault() != null)
            .anyMatch(call -> !heardUntil(call).isBefore(from) && !call.from().isAfter(to));
    return misbehaved || isDisturbed(from, to);
  }
}
