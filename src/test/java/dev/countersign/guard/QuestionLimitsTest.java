package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.question.QuestionTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is asked so often that they approve to be left in peace. */
@Timeout(180)
class QuestionLimitsTest {
  private static final Duration HOLD = Duration.ofMinutes(15);
  private static final Duration COOL_DOWN = Duration.ofMinutes(10);

  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);

  /** Keeps its books. */
  static class Bank {
    final List<String> booked = new CopyOnWriteArrayList<>();

    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static QuestionTerms open(int open, int line) {
    return new QuestionTerms(
        open, HOLD, line, Duration.ofHours(1), 0, 0, 0, Duration.ofMinutes(10));
  }

  private static QuestionTerms perHour(int most) {
    return new QuestionTerms(0, HOLD, 0, Duration.ofHours(1), most, 0, 0, COOL_DOWN);
  }

  private static QuestionTerms perDay(int most) {
    return new QuestionTerms(0, HOLD, 0, Duration.ofHours(1), 0, most, 0, COOL_DOWN);
  }

  private static QuestionTerms denials(int most) {
    return new QuestionTerms(0, HOLD, 0, Duration.ofHours(1), 0, 0, most, COOL_DOWN);
  }

  private String transfer(int amount) {
    return transfer("alice", amount);
  }

  private String transfer(String user, int amount) {
    return world.calls.start(new CallUser(user, null), "transfer", new BigDecimal(amount), "DE89");
  }

  private CallState startOnce(String key) {
    return world.calls.startOnce(
        new CallUser("alice", null), key, "transfer", BigDecimal.ONE, "DE89");
  }

  /** Virtual time goes on, a second at a time, until a call stands so. */
  private CallState awaitCode(String id, String code) {
    for (int seconds = 0; seconds < 7_200; seconds++) {
      CallState state = world.calls.state(id);
      if (code.equals(state.code())) {
        return state;
      }
      world.environment.sleep(Duration.ofSeconds(1));
    }
    throw new AssertionError(world.calls.state(id).toString());
  }

  @Test
  void asksFiveAtATimeAndTheOthersWhenOneIsAnsweredInTheirOrder() {
    world.limit(open(5, 20));
    world.provider.approvesAfter(Duration.ofMinutes(2));
    List<String> ids = IntStream.rangeClosed(1, 5).mapToObj(this::transfer).toList();
    ids.forEach(id -> awaitCode(id, "authorization_pending"));
    String sixth = transfer(6);

    CallState waiting = awaitCode(sixth, CallState.IN_LINE);
    assertThat(waiting.status()).isEqualTo(CallStatus.REQUESTED);
    assertThat(waiting.reason())
        .isEqualTo(
            "5 questions wait for your answer, so this one is asked when one of them is answered.");
    assertThat(new CallAnswer.Pending(sixth, waiting).words())
        .contains("too many open questions")
        .doesNotContain("has been asked");
    String seventh = transfer(7);
    awaitCode(seventh, CallState.IN_LINE);
    assertThat(world.provider.rings()).hasSize(5);

    ids.forEach(id -> assertThat(world.end(id).status()).isEqualTo(CallStatus.DONE));
    assertThat(world.end(sixth).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.end(seventh).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.provider.rings())
        .extracting(ring -> ring.bindingMessage())
        .endsWith("Transfer 6 EUR to DE89", "Transfer 7 EUR to DE89");
    assertThat(world.provider.ringsAt().get(5))
        .isBefore(world.provider.ringsAt().getFirst().plus(Duration.ofMinutes(3)));
  }

  @Test
  void isNotBlockedByAQuestionThatIsForgotten() {
    world.provider.requestsLive(Duration.ofDays(2));
    world.limit(open(1, 20));
    awaitCode(transfer(1), "authorization_pending");
    String second = transfer(2);
    awaitCode(second, CallState.IN_LINE);

    awaitCode(second, "authorization_pending");

    assertThat(world.provider.ringsAt().get(1))
        .isBetween(
            world.provider.ringsAt().getFirst().plus(HOLD),
            world.provider.ringsAt().getFirst().plus(HOLD).plusSeconds(60));
  }

  @Test
  void asksWhoeverComesNextWhenOneInLineIsTakenBack() {
    world.limit(open(1, 20));
    String first = transfer(1);
    awaitCode(first, "authorization_pending");
    String second = transfer(2);
    awaitCode(second, CallState.IN_LINE);
    String third = transfer(3);
    awaitCode(third, CallState.IN_LINE);

    world.calls.cancel("alice", second);
    assertThat(world.end(second).status()).isEqualTo(CallStatus.CANCELLED);
    world.calls.cancel("alice", first);

    awaitCode(third, "authorization_pending");
    assertThat(world.provider.rings())
        .extracting(ring -> ring.bindingMessage())
        .containsExactly("Transfer 1 EUR to DE89", "Transfer 3 EUR to DE89");
  }

  @Test
  void refusesWhatFindsTheLineFull() {
    world.limit(open(1, 1));
    awaitCode(transfer(1), "authorization_pending");
    awaitCode(transfer(2), CallState.IN_LINE);

    CallState end = world.end(transfer(3));

    assertThat(end.status()).isEqualTo(CallStatus.REJECTED);
    assertThat(end.code()).isEqualTo("too_many_questions");
    assertThat(end.reason())
        .isEqualTo(
            "Too many of your questions wait already; answer some on your device, or take some"
                + " back. Nothing was done.");
    assertThat(end.toolResult()).contains("The user was not asked").contains("nothing was done");
  }

  @Test
  void refusesMoreThanAnHoursQuestionsBeforeTheyBeginAndAllowsThemAnHourLater() {
    world.limit(perHour(3));
    IntStream.rangeClosed(1, 3)
        .forEach(amount -> awaitCode(transfer(amount), "authorization_pending"));

    assertThatThrownBy(() -> transfer(4))
        .asInstanceOf(InstanceOfAssertFactories.type(TooManyQuestionsException.class))
        .satisfies(refused -> {
          assertThat(refused.getMessage())
              .startsWith(
                  "You have been asked 3 times within an hour, which is the most; ask again")
              .endsWith(" Nothing was done.");
          assertThat(refused.retryAfter())
              .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
        });
    assertThatThrownBy(() -> startOnce("k")).isInstanceOf(TooManyQuestionsException.class);
    awaitCode(transfer("bob", 4), "authorization_pending");
    world.environment.sleep(Duration.ofHours(1));
    awaitCode(transfer(4), "authorization_pending");
    assertThat(world.provider.rings()).hasSize(5);
  }

  @Test
  void refusesMoreThanADaysQuestionsAndAllowsThemADayLater() {
    world.limit(perDay(2));
    awaitCode(transfer(1), "authorization_pending");
    awaitCode(transfer(2), "authorization_pending");
    world.environment.sleep(Duration.ofHours(2));

    assertThatThrownBy(() -> transfer(3))
        .asInstanceOf(InstanceOfAssertFactories.type(TooManyQuestionsException.class))
        .satisfies(refused -> {
          assertThat(refused.getMessage())
              .startsWith(
                  "You have been asked 2 times within a day, which is the most; ask again in 22 hours");
          assertThat(refused.retryAfter()).isBetween(Duration.ofHours(21), Duration.ofHours(22));
        });
    world.environment.sleep(Duration.ofHours(22));
    awaitCode(transfer(3), "authorization_pending");
  }

  @Test
  void knowsAnEqualCallThatPendsAndOneOfTheSameKeyThoughTheLimitIsReached() {
    world.provider.requestsLive(Duration.ofHours(12));
    world.limit(perHour(2));
    String first = transfer(1);
    awaitCode(first, "authorization_pending");
    String keyed = startOnce("k").id();
    awaitCode(keyed, "authorization_pending");

    assertThat(transfer(1)).isEqualTo(first);
    assertThat(startOnce("k").id()).isEqualTo(keyed);
    assertThatThrownBy(() -> transfer(2)).isInstanceOf(TooManyQuestionsException.class);
  }

  @Test
  void leavesUsersInPeaceWhoDenyAgainAndAgain() {
    world.limit(denials(3));
    world.provider.deniesAfter(Duration.ofSeconds(10));
    IntStream.rangeClosed(1, 3).forEach(amount -> world.end(transfer(amount)));

    CallState fourth = world.end(transfer(4));

    assertThat(fourth.status()).isEqualTo(CallStatus.REJECTED);
    assertThat(fourth.reason())
        .startsWith("You have denied 3 questions in a row, so nothing is asked before ");
    assertThatThrownBy(() -> transfer(5)).isInstanceOf(TooManyQuestionsException.class);
    world.environment.sleep(COOL_DOWN);
    assertThat(world.end(transfer(5)).status()).isEqualTo(CallStatus.DENIED);
    assertThat(world.provider.rings()).hasSize(4);
  }

  @Test
  void countsNoDenialsBeforeAnApproval() {
    world.limit(denials(2));
    world.provider.deniesAfter(Duration.ofSeconds(10));
    world.end(transfer(1));
    world.provider.approvesAfter(Duration.ofSeconds(10));
    world.end(transfer(2));
    world.provider.deniesAfter(Duration.ofSeconds(10));
    world.end(transfer(3));

    assertThat(world.end(transfer(4)).status()).isEqualTo(CallStatus.DENIED);
  }

  @Test
  void countsOnInAnotherProcess() {
    world.limit(perHour(2));
    awaitCode(transfer(1), "authorization_pending");
    world.restart();
    awaitCode(transfer(2), "authorization_pending");
    world.restart();

    assertThatThrownBy(() -> transfer(3)).isInstanceOf(TooManyQuestionsException.class);
  }

  @Test
  void countsAQuestionThatDidNotRingOnce() {
    world.limit(perHour(2));
    world.provider.isDown(Duration.ZERO, Duration.ofSeconds(20));
    String first = transfer(1);
    awaitCode(first, "authorization_pending");

    awaitCode(transfer(2), "authorization_pending");

    assertThat(world.provider.rings()).hasSize(2);
  }

  @Test
  void countsNothingThatNobodyIsAskedFor() {
    world.limit(perHour(1));
    awaitCode(transfer(1), "authorization_pending");
    world.policies.add(_ -> ApprovalPolicy.Ruling.notNeeded());

    assertThat(world.end(transfer(2)).status()).isEqualTo(CallStatus.DONE);
  }
}
