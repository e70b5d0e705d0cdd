package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.ciba.TokenAnswer;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ping mode in virtual time. The test server, unlike a real one, holds time back when a cancelled
 * wait would have been due again, so that what follows a ping ends within the safety interval.
 */
@Timeout(60)
class PingTest {
  private static final Duration SAFETY = Duration.ofMinutes(2);
  private static final Duration A_MOMENT = Duration.ofSeconds(30);

  private final PaymentWorld world = new PaymentWorld(PaymentWorld.pinged(SAFETY));

  @AfterEach
  void close() {
    world.close();
  }

  private WorkflowStub startedAndWaited(Duration waited) {
    WorkflowStub payment = world.start();
    world.environment.sleep(waited);
    return payment;
  }

  @Test
  void fetchesTheTokenOnceAndAtOnceWhenPinged() {
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(31));
    assertThat(world.provider.polls()).isEmpty();
    Instant pingedAt = world.clock.instant();
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls())
        .singleElement()
        .satisfies(poll -> assertThat(poll).isBetween(pingedAt, pingedAt.plus(A_MOMENT)));
  }

  @Test
  void keepsAPingThatComesBeforeTheAnswerToTheRequest() {
    String id = "early-ping";
    world.provider.approvesAfter(Duration.ZERO);
    world.provider.beforeAnswering(
        () -> world.ping(id, world.newestToken(), world.newestAuthReqId()));
    Instant askedAt = world.clock.instant();
    WorkflowStub payment = world.start(id, PaymentWorld.request("alice", null));
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls())
        .singleElement()
        .satisfies(poll -> assertThat(poll).isBefore(askedAt.plus(A_MOMENT)));
  }

  @Test
  void coversALostPingWithTheSafetyPoll() {
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = world.start();
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(1);
    assertThat(world.provider.tooEarly()).isEmpty();
  }

  @Test
  void pollsAtTheSafetyIntervalAndJustBeforeExpiryWithoutPing() {
    WorkflowStub payment = world.start();
    assertThat(PaymentWorld.end(payment)).isEqualTo(new Decision.Expired());
    assertThat(world.provider.polls()).hasSize(2);
    Instant askedAt = world.provider.polls().getFirst().minus(SAFETY);
    assertThat(world.provider.polls().getLast())
        .isBetween(
            askedAt.plus(FakeProvider.EXPIRES_IN).minusSeconds(5),
            askedAt.plus(FakeProvider.EXPIRES_IN));
  }

  /** Each is an activity attempt, and many questions wait for days at a time. */
  @Test
  void looksForALostPingTheMoreRarelyTheLongerTheUserIsUndecided() {
    world.provider.requestsLive(Duration.ofDays(2));
    world.provider.approvesAfter(Duration.ofDays(1));
    WorkflowStub payment = world.start();
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    List<Instant> polls = world.provider.polls();
    assertThat(polls).hasSizeBetween(25, 40);
    Instant askedAt = polls.getFirst().minus(SAFETY);
    assertThat(IntStream.range(1, polls.size()))
        .allSatisfy(poll -> {
          Duration waited = Duration.between(askedAt, polls.get(poll - 1));
          assertThat(Duration.between(polls.get(poll - 1), polls.get(poll)))
              .isGreaterThanOrEqualTo(SAFETY)
              .isLessThan(longest(SAFETY, waited.dividedBy(2)).plusMinutes(1))
              .isLessThan(Duration.ofMinutes(61));
        });
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Test
  void coversALostPingOfARequestThatLivesShorterThanTheSafetyInterval() {
    world.provider.requestsLive(SAFETY.dividedBy(2));
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = world.start();
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(1);
  }

  /** Such a provider expects no polls at all. */
  @Test
  void tellsADenialFromAnExpiryThoughTheIntervalIsLongerThanTheRequestLives() {
    world.provider.wantsInterval(FakeProvider.EXPIRES_IN.multipliedBy(2));
    world.provider.deniesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(31));
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isEqualTo(new Decision.Denied());
  }

  @Test
  void fetchesAtOnceWhenPingedLateThoughTheIntervalIsLongerThanTheRequestLives() {
    world.provider.wantsInterval(FakeProvider.EXPIRES_IN.multipliedBy(2));
    world.provider.approvesAfter(SAFETY);
    WorkflowStub payment = startedAndWaited(SAFETY.plusSeconds(20));
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(1);
  }

  @Test
  void fetchesAtOnceWhenPingedLessThanAnIntervalBeforeExpiry() {
    world.provider.wantsInterval(Duration.ofSeconds(30));
    world.provider.approvesAfter(FakeProvider.EXPIRES_IN.minusSeconds(30));
    WorkflowStub payment = startedAndWaited(FakeProvider.EXPIRES_IN.minusSeconds(20));
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(2);
    assertThat(world.provider.tooEarly()).isEmpty();
  }

  @Test
  void keepsThePaceWhenPingedRightAfterASafetyPoll() {
    world.provider.nextPoll(new TokenAnswer.Pending());
    world.provider.approvesAfter(Duration.ZERO);
    WorkflowStub payment = world.start();
    world.awaitPolls(1);
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(2);
    assertThat(world.provider.tooEarly()).isEmpty();
  }

  @Test
  void keepsThePaceWhenPingedRightAfterASlowDown() {
    world.provider.nextPoll(new TokenAnswer.SlowDown(null, null));
    world.provider.approvesAfter(Duration.ZERO);
    WorkflowStub payment = world.start();
    world.awaitPolls(1);
    world.awaitWaits(payment, 2);
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(2);
    assertThat(world.provider.tooEarly()).isEmpty();
  }

  @Test
  void hearsEveryPingOfManyRequestsOfOneWorkflow() {
    int many = 25;
    world.provider.approvesAfter(Duration.ZERO);
    WorkflowStub payments = world.startMany(many);
    world.awaitWaits(payments, many);
    world.stopWorkflows();
    for (int request = 1; request <= many; request++) {
      world.ping(
          PaymentWorld.id(payments), world.token(request), FakeProvider.AUTH_REQ_ID + request);
    }
    Instant pingedAt = world.clock.instant();
    world.goOn();
    assertThat(payments.getResult(Integer.class)).isEqualTo(many);
    assertThat(world.provider.polls())
        .hasSize(many)
        .allSatisfy(poll -> assertThat(poll).isBefore(pingedAt.plus(SAFETY.dividedBy(2))));
  }

  @Test
  void ignoresPingsForOtherRequestsAndWithOtherTokens() {
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(31));
    String id = PaymentWorld.id(payment);
    world.ping(id, "forged", world.newestAuthReqId());
    world.ping(id, world.newestToken(), "another");
    world.environment.sleep(Duration.ofSeconds(30));
    assertThat(world.provider.polls()).isEmpty();
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(1);
  }

  @Test
  void fetchesOnceWhenPingedTwiceAndChangesNothingAfterTheEnd() {
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(31));
    world.ping(payment);
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThatThrownBy(() -> world.ping(payment)).hasMessageContaining("workflow");
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(world.provider.polls()).hasSize(1);
  }

  @Test
  void pollsAtTheProvidersPaceWhenThePingComesBeforeTheDecision() {
    world.provider.approvesAfter(Duration.ofSeconds(40));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(20));
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSizeBetween(4, 6);
    assertThat(world.provider.tooEarly()).isEmpty();
  }

  @Test
  void slowsDownAfterAPingAsWell() {
    world.provider.approvesAfter(Duration.ofSeconds(45));
    world.provider.nextPoll(new TokenAnswer.SlowDown(null, null));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(20));
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(gaps(world.provider.polls()))
        .isNotEmpty()
        .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(10), SAFETY.dividedBy(2)));
  }

  @Test
  void remembersASlowDownOfASafetyPollWhenPinged() {
    world.provider.nextPoll(new TokenAnswer.SlowDown(null, null));
    world.provider.approvesAfter(Duration.ofSeconds(190));
    WorkflowStub payment = startedAndWaited(SAFETY.plusSeconds(40));
    assertThat(world.provider.polls()).hasSize(1);
    world.ping(payment);
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    List<Instant> polls = world.provider.polls();
    assertThat(gaps(polls.subList(1, polls.size())))
        .isNotEmpty()
        .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(10)));
  }

  @Test
  void usesTheDecisionOfAPollDuringWhichThePingComes() {
    WorkflowStub payment = world.start();
    world.provider.approvesAfter(Duration.ofSeconds(30));
    world.provider.beforePolled(() -> {
      world.ping(payment);
      world.awaitEvent(payment, EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED);
    });
    assertThat(PaymentWorld.end(payment)).isInstanceOf(Decision.Approved.class);
    assertThat(world.provider.polls()).hasSize(1);
  }

  @Test
  void endsWhenCancelledAndFetchesNothing() {
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(31));
    payment.cancel();
    assertThatThrownBy(() -> PaymentWorld.end(payment)).hasMessageContaining("cancel");
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(world.provider.polls()).isEmpty();
  }

  @Test
  void endsWhenCancelledAfterThePing() {
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(20));
    world.ping(payment);
    world.environment.sleep(Duration.ofSeconds(12));
    payment.cancel();
    assertThatThrownBy(() -> PaymentWorld.end(payment)).hasMessageContaining("cancel");
    int polls = world.provider.polls().size();
    assertThat(polls).isPositive();
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(world.provider.polls()).hasSize(polls);
  }

  @Test
  void keepsTokenAndHandleOutOfHistory() {
    world.provider.approvesAfter(Duration.ofSeconds(30));
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(31));
    world.ping(payment);
    PaymentWorld.end(payment);
    String history = world.history(payment).toString();
    assertThat(history)
        .contains("tokenDigest", NotificationTokens.digest(world.newestToken()))
        .doesNotContain(world.newestToken(), world.newestAuthReqId());
  }

  @Test
  void tokenIsOfItsWorkflowAndUnlikeAnyOther() {
    WorkflowStub payment = startedAndWaited(Duration.ofSeconds(1));
    NotificationTokens tokens = new NotificationTokens(world.vault);
    String token = world.newestToken();
    assertThat(token).matches("[A-Za-z0-9._~+/-]+=*").hasSizeLessThanOrEqualTo(1_024);
    assertThat(tokens.workflowId(token)).hasValue(PaymentWorld.id(payment));
    assertThat(tokens.mint("w").value()).isNotEqualTo(tokens.mint("w").value());
    assertThat(Objects.toString(world.provider.rings().getLast())).doesNotContain(token);
  }

  private static List<Duration> gaps(List<Instant> polls) {
    return IntStream.range(1, polls.size())
        .mapToObj(poll -> Duration.between(polls.get(poll - 1), polls.get(poll)))
        .toList();
  }
}
