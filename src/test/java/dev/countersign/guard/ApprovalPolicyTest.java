package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.ApprovalPolicy.Ruling;
import io.temporal.api.history.v1.HistoryEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What code decides of each call: small sums pass, some payees never, large sums ask for more. */
@Timeout(60)
class ApprovalPolicyTest {
  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);

  /** Keeps its books. */
  static class Bank {
    final List<String> booked = new CopyOnWriteArrayList<>();
    final List<ApprovedCall> calls = new CopyOnWriteArrayList<>();

    @RequiresApproval(message = "Transfer {amount} EUR to {iban}", scopes = "transfer:make")
    String transfer(BigDecimal amount, String iban) {
      calls.add(ApprovedCall.current());
      if (iban.equals("CLOSED")) {
        throw new RefusedException("The account is closed");
      }
      if (iban.equals("BUSY")) {
        throw new NotDoneException("The bank is busy");
      }
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }
  }

  /** Up to 10 euros nobody is asked. */
  private static Ruling upToTen(ProposedCall call) {
    return call.argument("amount", BigDecimal.class).compareTo(BigDecimal.TEN) <= 0
        ? Ruling.notNeeded()
        : Ruling.asDeclared();
  }

  private static Ruling largeOnesNeedMore(ProposedCall call) {
    return call.argument("amount", BigDecimal.class).compareTo(new BigDecimal(1000)) >= 0
        ? Ruling.needed()
            .withMessage("Large sum: {amount} EUR to {iban}")
            .withDetails("[{\"type\": \"transfer\", \"amount\": \"{amount}\", \"to\": \"{iban}\"}]")
            .withScopes("transfer:large")
        : Ruling.asDeclared();
  }

  private static Ruling neverToMallory(ProposedCall call) {
    return "MALLORY".equals(call.argument("iban", String.class))
        ? Ruling.forbidden("Mallory gets no money.")
        : Ruling.asDeclared();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String transfer(String amount, String iban) {
    return world.calls.start(new CallUser("alice", null), "transfer", new BigDecimal(amount), iban);
  }

  @Test
  void runsWithoutAskingAndWithoutATokenWhatNeedsNoApproval() {
    world.policies.add(ApprovalPolicyTest::upToTen);

    CallState end = world.end(transfer("9.99", "DE89"));

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.isUnasked()).isTrue();
    assertThat(end.decidedAt()).isNull();
    assertThat(world.bean.booked).containsExactly("9.99 to DE89");
    assertThat(world.provider.rings()).isEmpty();
    assertThat(world.bean.calls)
        .singleElement()
        .satisfies(call -> {
          assertThat(call.token()).isNull();
          assertThat(call.idempotencyKey()).isEqualTo(end.id());
          assertThat(call.user()).isEqualTo("alice");
          assertThat(call.authorizationDetails()).isNull();
        });
  }

  @Test
  void answersACallerWithTheValueOfWhatNeedsNoApproval() {
    world.policies.add(ApprovalPolicyTest::upToTen);

    assertThat(world.bean.transfer(BigDecimal.TEN, "DE89")).isEqualTo("booked 10");
  }

  @Test
  void tellsTheRefusalOfWhatNeedsNoApproval() {
    world.policies.add(ApprovalPolicyTest::upToTen);

    assertThatThrownBy(() -> world.bean.transfer(BigDecimal.ONE, "CLOSED"))
        .isInstanceOf(CallNotDoneException.class)
        .hasMessageContaining("The account is closed");
  }

  @Test
  void asksAsDeclaredWhereNoPolicyHasAnOpinion() {
    world.policies.add(ApprovalPolicyTest::upToTen);
    world.policies.add(ApprovalPolicyTest::largeOnesNeedMore);
    world.provider.approvesAfter(Duration.ofSeconds(10));

    CallState end = world.end(transfer("50", "DE89"));

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.isUnasked()).isFalse();
    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(ring -> {
          assertThat(ring.bindingMessage()).isEqualTo("Transfer 50 EUR to DE89");
          assertThat(ring.scopes()).containsExactly("openid", "transfer:make");
        });
  }

  @Test
  void asksInAPolicysWordsForItsScopesAndDetails() {
    world.policies.add(ApprovalPolicyTest::largeOnesNeedMore);
    world.provider.approvesAfter(Duration.ofSeconds(10));

    world.end(transfer("5000", "DE89"));

    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(ring -> {
          assertThat(ring.bindingMessage()).isEqualTo("Large sum: 5000 EUR to DE89");
          assertThat(ring.scopes()).containsExactly("openid", "transfer:large");
          assertThat(ring.authorizationDetails())
              .contains("\"amount\":\"5000\"")
              .contains("\"to\":\"DE89\"");
        });
  }

  @Test
  void beginsNothingThatIsForbidden() {
    world.policies.add(ApprovalPolicyTest::neverToMallory);

    assertThatThrownBy(() -> transfer("50", "MALLORY"))
        .isInstanceOf(CallNotDoneException.class)
        .hasMessage("Nobody was asked, and nothing was done: Mallory gets no money.");
  }

  @Test
  void keepsToTheStrictestPolicyInWhateverOrder() {
    world.policies.add(ApprovalPolicyTest::upToTen);
    world.policies.add(ApprovalPolicyTest::neverToMallory);
    assertThatThrownBy(() -> transfer("1", "MALLORY")).isInstanceOf(CallNotDoneException.class);

    world.policies.addFirst(_ -> Ruling.needed());
    world.provider.approvesAfter(Duration.ofSeconds(10));
    CallState end = world.end(transfer("1", "DE89"));

    assertThat(end.isUnasked()).isFalse();
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void refusesWhatAPolicyThatFailsCannotRuleOn() {
    world.policies.add(_ -> {
      throw new IllegalStateException("The limits can't be read");
    });

    assertThatThrownBy(() -> transfer("1", "DE89"))
        .isInstanceOf(CallNotDoneException.class)
        .hasMessageStartingWith("Nobody was asked, and nothing was done: right now it can't be");
  }

  @Test
  void refusesAQuestionThatWouldHideAnArgument() {
    world.policies.add(_ -> Ruling.needed().withMessage("Transfer {amount} EUR"));

    assertThatThrownBy(() -> transfer("1", "DE89"))
        .isInstanceOf(CallNotDoneException.class)
        .hasMessageContaining("the question can't be worded");
    assertThat(world.provider.rings()).isEmpty();
  }

  /** Somebody who may write to Temporal starts it once more, much later. */
  @Test
  void runsNothingOnceMoreThatNobodyWasAskedFor() {
    world.policies.add(ApprovalPolicyTest::upToTen);
    String id = transfer("5", "DE89");
    world.end(id);
    world.environment.sleep(Duration.ofHours(1));

    world.startAs(id, GuardedCallTest.input(world, id));

    assertThat(world.end(id).status()).isEqualTo(CallStatus.REJECTED);
    assertThat(world.bean.booked).hasSize(1);
  }

  @Test
  void runsNothingInAnotherRunThanTheFirst() {
    world.policies.add(ApprovalPolicyTest::upToTen);
    String id = transfer("5", "DE89");
    world.end(id);
    ApprovedRun genuine = GuardedCallTest.run(world, id);

    RunAnswer answer = GuardedCallTest.steal(world, id, genuine);

    assertThat(answer).isInstanceOf(RunAnswer.Unknown.class);
    assertThat(world.bean.booked).hasSize(1);
  }

  /** No proof that nothing was done can be had for a run that isn't the call's own. */
  @Test
  void provesNothingToAnotherRun() {
    world.policies.add(ApprovalPolicyTest::upToTen);
    String id = transfer("5", "DE89");
    world.end(id);
    ApprovedRun genuine = GuardedCallTest.run(world, id);

    RunAnswer answer =
        GuardedCallTest.steal(
            world,
            id,
            new ApprovedRun(
                genuine.call(),
                null,
                Instant.EPOCH,
                genuine.approvedAt(),
                1,
                null,
                genuine.firstRunId()));

    assertThat(answer).isInstanceOf(RunAnswer.Unknown.class);
  }

  /** The limit that was reached by this very call must not deny it. */
  @Test
  void tellsUnderAKeyWhatWasDoneThoughAPolicyForbidsItNow() {
    CallUser alice = new CallUser("alice", null);
    world.policies.add(ApprovalPolicyTest::upToTen);
    CallState first = world.calls.startOnce(alice, "k", "transfer", new BigDecimal("5"), "DE89");
    world.end(first.id());
    world.policies.add(_ -> Ruling.forbidden("No more today."));

    CallState again = world.calls.startOnce(alice, "k", "transfer", new BigDecimal("5"), "DE89");

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.status()).isEqualTo(CallStatus.DONE);
    assertThatThrownBy(
            () -> world.calls.startOnce(alice, "k", "transfer", new BigDecimal("6"), "DE89"))
        .isInstanceOf(KeyUsedException.class);
    assertThatThrownBy(
            () -> world.calls.startOnce(alice, "l", "transfer", new BigDecimal("5"), "DE89"))
        .isInstanceOf(CallNotDoneException.class);
  }

  @Test
  void isOneCallWhileAnEqualOneThatNeedsNoApprovalGoesOn() {
    world.policies.add(ApprovalPolicyTest::upToTen);

    String first = transfer("5", "BUSY");

    assertThat(transfer("5", "BUSY")).isEqualTo(first);
  }

  @Test
  void takesOneActivityWithoutAnApproval() {
    world.policies.add(ApprovalPolicyTest::upToTen);
    String id = transfer("5", "DE89");
    world.end(id);

    assertThat(world.history(id))
        .filteredOn(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .hasSize(1);
  }

  @Test
  void tellsAPolicyWhatIsWrongWithTheArgumentThatItWants() {
    ProposedCall call =
        new ProposedCall(
            "transfer",
            new CallUser("alice", null),
            "{\"amount\":1,\"fee\":\"0.50\",\"note\":null}");

    assertThat(call.argument("fee", BigDecimal.class)).isEqualTo("0.50");
    assertThat(call.argument("amount", Integer.class)).isEqualTo(1);
    assertThat(call.optionalArgument("note", String.class)).isEmpty();
    assertThatThrownBy(() -> call.argument("sum", Integer.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no argument sum");
    assertThatThrownBy(() -> call.argument("fee", UUID.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The argument fee is no java.util.UUID");
    assertThatThrownBy(() -> call.argument("note", String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The argument note of transfer is null");
  }
}
