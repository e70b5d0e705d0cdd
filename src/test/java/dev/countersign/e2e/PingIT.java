package dev.countersign.e2e;

import static dev.countersign.e2e.Product.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.tenant.PhoneRequest;
import dev.countersign.devservices.tenant.PollLog;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ping mode on a real Temporal server, which cancels a wait otherwise than the test server. */
class PingIT {
  private static final Duration SAFETY = Duration.ofSeconds(12);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration HOLD = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init")
  private static Product product;

  @SuppressWarnings("NullAway.Init")
  private static NotifyingTenant provider;

  @SuppressWarnings("NullAway.Init")
  private static Histories histories;

  @BeforeAll
  static void start() {
    product = new Product();
    provider = NotifyingTenant.before(product.tenant);
    product.startApplication(
        "countersign.ciba.delivery-mode=ping",
        "countersign.ciba.safety-interval=" + SAFETY.toSeconds() + "s");
    provider.notifies(product.anonymous().base() + "/ciba/notification");
    histories = new Histories(product);
  }

  @AfterAll
  static void stop() {
    histories.close();
    provider.close();
    product.close();
  }

  @AfterEach
  void forgetFaults() {
    provider.pingsEarly(false);
    provider.clearFaults();
  }

  @Test
  void fetchesTheTokenOnceHoweverOftenItIsPinged() {
    String id = buy(2, "kites");
    awaitFirstInterval(2, "kites");
    product.phoneOf("alice").approve("Do you want to buy 2 kites");
    assertThat(IntStream.range(0, 20).parallel().map(_ -> provider.ping(message(2, "kites"))))
        .containsOnly(204);
    awaitStatus(alice(), id, "ORDERED");
    assertThat(polls(2, "kites")).extracting(PollLog.Poll::answer).containsExactly("Approved");
    assertThat(histories.count(id, PingIT::isPing)).isEqualTo(1);
    assertThat(provider.ping(message(2, "kites"))).isEqualTo(204);
  }

  @Test
  void takesAPingThatComesBeforeTheAnswer() {
    provider.pingsEarly(true);
    String id = buy(3, "kites");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> !polls(3, "kites").isEmpty()); // at once, though nothing is decided
    assertThat(polls(3, "kites").getFirst().at())
        .isBefore(push(3, "kites").createdAt().plus(SAFETY));
    product.phoneOf("alice").approve(message(3, "kites"));
    awaitStatus(alice(), id, "ORDERED");
  }

  @Test
  void pollsAtItsPaceWhenPingedDuringAPoll() {
    String id = buy(4, "kites");
    product.tenant.faults().next("token", 1, new Fault.HoldAfter(HOLD));
    await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
    pingAndAwaitCancel(id, message(4, "kites"));
    product.phoneOf("alice").approve(message(4, "kites"));
    provider.clearFaults();
    awaitStatus(alice(), id, "ORDERED");
    assertThat(polls(4, "kites"))
        .extracting(PollLog.Poll::answer)
        .containsExactly("Pending", "Approved");
  }

  @Test
  void usesTheTokenOfThePollDuringWhichItIsPinged() {
    String id = buy(5, "kites");
    product.phoneOf("alice").approve(message(5, "kites"));
    product.tenant.faults().next("token", 1, new Fault.HoldAfter(HOLD));
    await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
    pingAndAwaitCancel(id, message(5, "kites"));
    provider.clearFaults();
    awaitStatus(alice(), id, "ORDERED");
    assertThat(polls(5, "kites")).extracting(PollLog.Poll::answer).containsExactly("Approved");
    assertThat(product.phoneOf("alice").requests(message(5, "kites"))).hasSize(1);
  }

  @Test
  void coversALostPingWithTheSafetyPoll() {
    String id = buy(6, "kites");
    product.phoneOf("alice").approve(message(6, "kites"));
    awaitStatus(alice(), id, "ORDERED");
    assertThat(polls(6, "kites")).extracting(PollLog.Poll::answer).containsExactly("Approved");
  }

  @Test
  void fetchesNothingOnceCancelled() {
    String id = buy(7, "kites");
    assertThat(alice().post("/api/purchases/" + id + "/cancel", "").status()).isEqualTo(200);
    product.phoneOf("alice").approve(message(7, "kites"));
    assertThat(provider.ping(message(7, "kites"))).isEqualTo(204);
    assertThat(alice().purchase(id).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(polls(7, "kites")).isEmpty();
    assertThat(product.orders("kites")).noneMatch(order -> order.path("qty").asInt() == 7);
  }

  /** Returns when the provider's answer is there. */
  private static String buy(int qty, String name) {
    String id = alice().buy(qty, name);
    awaitStatus(alice(), id, "AWAITING_APPROVAL");
    return id;
  }

  private static void pingAndAwaitCancel(String id, String message) {
    assertThat(provider.ping(message)).isEqualTo(204);
    Predicate<HistoryEvent> cancelled =
        event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED;
    await().atMost(Product.PATIENCE).until(() -> histories.count(id, cancelled) == 1);
  }

  private static boolean isPing(HistoryEvent event) {
    return event.getWorkflowExecutionSignaledEventAttributes().getSignalName().equals("CibaPing");
  }

  /** The tenant, made for polls, wants none sooner, whoever pings. */
  private static void awaitFirstInterval(int qty, String name) {
    Instant from = push(qty, name).createdAt().plus(INTERVAL);
    await().atMost(Product.PATIENCE).until(() -> Instant.now().isAfter(from));
  }

  private static PhoneRequest push(int qty, String name) {
    return product.tenant.pushes("alice").stream()
        .filter(push -> push.bindingMessage().equals(message(qty, name)))
        .findFirst()
        .orElseThrow();
  }

  private static List<PollLog.Poll> polls(int qty, String name) {
    String request = push(qty, name).id();
    return product.tenant.polls().stream()
        .filter(log -> log.id().equals(request))
        .flatMap(log -> log.polls().stream())
        .toList();
  }

  private static String message(int qty, String name) {
    return "Do you want to buy " + qty + " " + name;
  }

  private static Api alice() {
    return product.as("alice");
  }
}
