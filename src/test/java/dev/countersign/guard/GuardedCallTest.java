package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.approval.FakeProvider;
import dev.countersign.vault.Vault;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any method, asked for and run once: every way that a call can go, in time that is skipped. */
@Timeout(120)
class GuardedCallTest {
  private @Nullable GuardWorld<BankTools> world;

  /** Can be written, but not read. */
  interface Counted {
    int getCount();
  }

  /** Keeps its books, and does next what it is told. */
  static class BankTools {
    final List<String> booked = new CopyOnWriteArrayList<>();
    final List<ApprovedCall> calls = new CopyOnWriteArrayList<>();
    final Queue<Callable<String>> next = new ArrayDeque<>();

    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) throws Exception {
      calls.add(ApprovedCall.current());
      Callable<String> told = next.poll();
      if (told != null) {
        return told.call();
      }
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }

    @RequiresApproval(message = "Count to {most}")
    Counted count(int most) {
      return () -> most;
    }
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private GuardWorld<BankTools> world(RunTerms run, Duration await) {
    GuardWorld<BankTools> made = new GuardWorld<>(BankTools.class, run, await);
    world = made;
    return made;
  }

  private GuardWorld<BankTools> world() {
    return world(GuardWorld.RUN, Duration.ZERO);
  }

  private static RunTerms idempotent() {
    return new RunTerms(
        true,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        Duration.ofSeconds(30),
        true,
        Duration.ofDays(1),
        null);
  }

  private static String asked(GuardWorld<BankTools> world) {
    ApprovalPendingException pending =
        catchThrowableOfType(
            ApprovalPendingException.class,
            () -> world.bean.transfer(new BigDecimal("12.50"), "DE89"));
    assertThat(pending)
        .hasMessageContaining(
            "asked to approve this on their device: \"Transfer 12.50 EUR to DE89\". It has not been"
                + " done");
    return pending.callId();
  }

  @Test
  void runsOnceAfterAYes() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(4));

    String id = asked(world);
    assertThat(world.bean.booked).isEmpty();
    CallState end = world.end(id);

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.result()).isEqualTo("\"booked 12.50\"");
    assertThat(end.reason()).isNull();
    assertThat(world.bean.booked).containsExactly("12.50 to DE89");
    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(ring -> {
          assertThat(ring.bindingMessage()).isEqualTo("Transfer 12.50 EUR to DE89");
          assertThat(ring.scopes()).containsExactly("openid", "transfer:make");
        });
    assertThat(world.bean.calls)
        .singleElement()
        .satisfies(call -> {
          assertThat(call.token()).isEqualTo(FakeProvider.ACCESS_TOKEN);
          assertThat(call.idempotencyKey()).isEqualTo(id);
          assertThat(call.user()).isEqualTo("alice");
          assertThat(call.approvedAt()).isEqualTo(end.decidedAt());
        });
  }

  @Test
  void keepsNoSecretInItsShortHistory() throws Exception {
    GuardWorld<BankTools> world = world(GuardWorld.RUN, Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofMinutes(1));

    world.bean.transfer(BigDecimal.TEN, "DE89");
    String id = world.bean.calls.getFirst().idempotencyKey();

    assertThat(world.history(id).toString())
        .doesNotContain(FakeProvider.ACCESS_TOKEN, FakeProvider.AUTH_REQ_ID);
    assertThat(world.history(id).stream().map(event -> event.getEventType().name()).toList())
        .hasSize(25);
  }

  @Test
  void givesTheValueToACallerThatWaits() throws Exception {
    GuardWorld<BankTools> world = world(GuardWorld.RUN, Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofMinutes(1));

    assertThat(world.bean.transfer(BigDecimal.TEN, "DE89")).isEqualTo("booked 10");
  }

  @Test
  void tellsACallerThatItIsBeingDoneRightNow() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    List<String> told = new CopyOnWriteArrayList<>();
    world.bean.next.add(() -> {
      String id = ApprovedCall.current().idempotencyKey();
      told.add(new CallAnswer.Pending(id, world.calls.state(id)).words());
      return "booked";
    });

    world.end(asked(world));

    assertThat(told)
        .containsExactly(
            "The user has approved \"Transfer 12.50 EUR to DE89\", and it is being done right now;"
                + " don't call it again.");
  }

  @Test
  void runsNothingAfterANo() {
    GuardWorld<BankTools> world = world(GuardWorld.RUN, Duration.ofMinutes(5));
    world.provider.deniesAfter(Duration.ofMinutes(1));

    assertThatThrownBy(() -> world.bean.transfer(BigDecimal.TEN, "DE89"))
        .isInstanceOfSatisfying(
            CallNotDoneException.class,
            e -> assertThat(e.state()).extracting(CallState::status).isEqualTo(CallStatus.DENIED))
        .hasMessage("You denied the request; nothing was done.");
    assertThat(world.bean.calls).isEmpty();
  }

  @Test
  void runsNothingWithoutAnAnswer() {
    GuardWorld<BankTools> world = world();

    CallState end = world.end(asked(world));

    assertThat(end.status()).isEqualTo(CallStatus.EXPIRED);
    assertThat(end.reason()).isEqualTo("No approval arrived in time; nothing was done.");
    assertThat(world.bean.calls).isEmpty();
  }

  @Test
  void asksNobodyWhenNobodyIsSignedIn() {
    GuardWorld<BankTools> world = world();
    world.signedIn(null);

    assertThatThrownBy(() -> world.bean.transfer(BigDecimal.TEN, "DE89"))
        .isInstanceOf(CallNotDoneException.class);
    assertThat(world.provider.requests()).isZero();
  }

  @Test
  void asksNobodyForWhatCannotBeShown() {
    GuardWorld<BankTools> world = world();

    assertThatThrownBy(() -> world.bean.transfer(BigDecimal.TEN, "x".repeat(60)))
        .isInstanceOf(CallNotDoneException.class)
        .hasMessage(
            "Nobody was asked, and nothing was done: the message would have 79 characters, but the"
                + " identity provider shows 64.");
    assertThat(world.provider.requests()).isZero();
  }

  @Test
  void runsAgainWhatHasDoneNothing() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new NotDoneException("The bank is closed");
    });
    world.bean.next.add(() -> {
      throw new NotDoneException("The bank is busy", Duration.ofMinutes(3));
    });

    String id = asked(world);
    CallState end = world.end(id);

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.calls).hasSize(3);
    assertThat(world.bean.calls).extracting(ApprovedCall::idempotencyKey).containsOnly(id);
    assertThat(Duration.between(end.decidedAt(), end.doneAt()))
        .isGreaterThan(Duration.ofMinutes(3));
  }

  @Test
  void givesUpWhatDoesNothingForTooLong() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    for (int i = 0; i < 100; i++) {
      world.bean.next.add(() -> {
        throw new NotDoneException("The bank is closed.");
      });
    }

    CallState end = world.end(asked(world));

    assertThat(end.status()).isEqualTo(CallStatus.FAILED);
    assertThat(end.reason()).isEqualTo("It was given up: The bank is closed. Nothing was done.");
    assertThat(Duration.between(end.decidedAt(), end.endedAt()))
        .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(16));
  }

  @Test
  void takesAFinalNoOfTheMethod() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new RefusedException("There is no such account, " + FakeProvider.ACCESS_TOKEN);
    });

    String id = asked(world);
    CallState end = world.end(id);

    assertThat(end.status()).isEqualTo(CallStatus.REJECTED);
    assertThat(end.code()).isEqualTo("refused");
    assertThat(end.reason())
        .isEqualTo("This can't be done: There is no such account, [token]. Nothing was done.");
    assertThat(world.bean.calls).hasSize(1);
    assertThat(world.history(id).toString()).doesNotContain(FakeProvider.ACCESS_TOKEN);
  }

  @Test
  void runsNothingTwiceAfterAnUnknownOutcome() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new IllegalStateException("connection reset, " + FakeProvider.ACCESS_TOKEN);
    });

    String id = asked(world);
    CallState end = world.end(id);

    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(end.code()).isEqualTo("outcome_unknown");
    assertThat(world.bean.calls).hasSize(1);
    assertThat(world.history(id).toString()).doesNotContain(FakeProvider.ACCESS_TOKEN);
  }

  @Test
  void runsAgainUnderTheSameKeyWhatIsIdempotent() {
    GuardWorld<BankTools> world = world(idempotent(), Duration.ZERO);
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new IllegalStateException("connection reset");
    });

    String id = asked(world);

    assertThat(world.end(id).status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.calls).extracting(ApprovedCall::idempotencyKey).containsExactly(id, id);
  }

  @Test
  void takesNoLaterNoForAProofAfterAnUnknownOutcome() {
    GuardWorld<BankTools> world = world(idempotent(), Duration.ZERO);
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new IllegalStateException("connection reset");
    });
    world.bean.next.add(() -> {
      throw new RefusedException("There is no such account");
    });

    assertThat(world.end(asked(world)).status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
  }

  @Test
  void keepsTheResultOfWhatCannotBeWrittenAsDone() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> "x".repeat(70_000));

    CallState end = world.end(asked(world));

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.result()).isNull();
  }

  @Test
  void asksOnceMoreWhenTheTokenEndsTooEarlyAndSaysWhy() {
    GuardWorld<BankTools> world = world();
    world.provider.tokensLive(Duration.ofMinutes(2));
    world.provider.approvesAfter(Duration.ofMinutes(1));
    List<String> told = new CopyOnWriteArrayList<>();
    world.bean.next.add(() -> {
      throw new NotDoneException("The bank is closed", Duration.ofMinutes(3));
    });
    world.bean.next.add(() -> {
      CallState state = world.calls.state(ApprovedCall.current().idempotencyKey());
      told.add(String.valueOf(state.reason()));
      return "booked";
    });

    CallState end = world.end(asked(world));

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.reason()).isNull();
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.bean.calls).hasSize(2);
    assertThat(told)
        .containsExactly("Your approval ended before it could be done; please approve once more.");
  }

  @Test
  void isTakenBackWhileItWaits() {
    GuardWorld<BankTools> world = world();

    String id = asked(world);

    assertThat(world.calls.cancel("bob", id)).isEmpty();
    assertThat(world.calls.cancel("alice", id))
        .map(CallState::status)
        .hasValue(CallStatus.CANCELLED);
    assertThat(world.end(id).reason())
        .isEqualTo(
            "It was cancelled; nothing was done. If your phone still asks, an answer there changes nothing.");
    assertThat(world.calls.cancel("alice", id))
        .map(CallState::status)
        .hasValue(CallStatus.CANCELLED);
    assertThat(world.bean.calls).isEmpty();
  }

  @Test
  void isFoundByItsUserOnly() {
    GuardWorld<BankTools> world = world();

    String id = asked(world);

    assertThat(world.calls.find("alice", id))
        .hasValueSatisfying(state -> {
          assertThat(state.tool()).isEqualTo("transfer");
          assertThat(state.arguments()).isEqualTo("{\"amount\":\"12.50\",\"iban\":\"DE89\"}");
        });
    assertThat(world.calls.find("bob", id)).isEmpty();
    assertThat(world.calls.find("alice", id + "0")).isEmpty();
  }

  @Test
  void isOneCallUnderOneKey() {
    GuardWorld<BankTools> world = world();
    CallUser alice = new CallUser("alice", null);

    String id = world.calls.startOnce(alice, "k1", "transfer", BigDecimal.ONE, "DE89").id();

    assertThat(world.calls.startOnce(alice, "k1", "transfer", BigDecimal.ONE, "DE89").id())
        .isEqualTo(id);
    assertThat(world.calls.startOnce(alice, "k2", "transfer", BigDecimal.ONE, "DE89").id())
        .isNotEqualTo(id);
    assertThat(
            world
                .calls
                .startOnce(new CallUser("bob", null), "k1", "transfer", BigDecimal.ONE, "DE89")
                .id())
        .isNotEqualTo(id);
    assertThatThrownBy(() -> world.calls.startOnce(alice, "k1", "transfer", BigDecimal.TEN, "DE89"))
        .isInstanceOf(KeyUsedException.class)
        .hasMessageStartingWith("This key was used for another call before");
  }

  @Test
  void isNotTakenBackOnceItRuns() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    WorkflowClient client = world.environment.getWorkflowClient();
    world.bean.next.add(() -> {
      String id = ApprovedCall.current().idempotencyKey();
      try {
        client.newUntypedWorkflowStub(id).update("cancel", CallState.class);
      } catch (WorkflowUpdateException e) {
        refused.add(e);
      }
      return "booked";
    });

    CallState end = world.end(asked(world));

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(refused).hasSize(1);
  }

  @Test
  void isSettledByAnOperator() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new IllegalStateException("connection reset");
    });

    String id = asked(world);
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(world.calls.state(id).status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    WorkflowStub call = world.environment.getWorkflowClient().newUntypedWorkflowStub(id);
    call.signal("settle", new CallSettlement(null, "no answer"));
    call.signal("settle", new CallSettlement(true, "the bank's\nbooks"));
    CallState end = world.end(id);

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.doneAt()).isNotNull();
  }

  /** Who may write to Temporal can start workflows. */
  @Test
  void runsNothingThatSomebodyElseFroze() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    String id = asked(world);
    world.end(id);
    FrozenCall genuine = input(world, id);

    Freezer stranger = new Freezer(Vault.withKeys("k1:" + "A".repeat(43) + "="));
    FrozenCall forged = stranger.freeze(Freezer.read(genuine));
    assertThat(started(world, "forged", forged).reason()).contains("can't be opened");

    FrozenCall changed =
        new FrozenCall(
            genuine.snapshot().replace("12.50", "99.50"), genuine.seal(), genuine.request());
    assertThat(started(world, "changed", changed).status()).isEqualTo(CallStatus.REJECTED);

    assertThat(started(world, "moved", genuine).status()).isEqualTo(CallStatus.REJECTED);

    FrozenCall unsealed = new FrozenCall(genuine.snapshot(), genuine.seal(), null);
    assertThat(started(world, "unsealed", unsealed).code()).isEqualTo("refused");
    assertThat(world.provider.rings()).hasSize(1);
    assertThat(world.bean.booked).containsExactly("12.50 to DE89");
  }

  /**
   * Who may write to Temporal can start a workflow under an id that was used, and replay a token.
   */
  @Test
  void runsNothingUnderATokenOfAnotherRun() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new NotDoneException("The bank is closed");
    });
    String id = asked(world);
    world.end(id);
    ApprovedRun genuine = run(world, id);

    RunAnswer answer =
        steal(
            world,
            id,
            new ApprovedRun(
                genuine.call(),
                genuine.token(),
                null, // for ever: time is skipped beside
                genuine.approvedAt(),
                genuine.number(),
                genuine.proof(),
                null));

    assertThat(answer)
        .isInstanceOfSatisfying(
            RunAnswer.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("sealed for another workflow"));
    assertThat(world.bean.booked).hasSize(1);
  }

  /** Who may write to Temporal can say that a run has done nothing. */
  @Test
  void runsNothingTwiceBecauseSomebodySaysThatItWasNotDone() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));
    ActivityCompletionClient stranger =
        world.environment.getWorkflowClient().newActivityCompletionClient();
    List<String> lies = new CopyOnWriteArrayList<>();
    world.bean.next.add(() -> {
      String id = ApprovedCall.current().idempotencyKey();
      stranger.complete(
          id,
          Optional.empty(),
          world.history(id).reversed().stream()
              .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
              .findFirst()
              .orElseThrow()
              .getActivityTaskScheduledEventAttributes()
              .getActivityId(),
          new RunAnswer.NotDone("It was not done", null, null));
      lies.add(id);
      world.bean.booked.add("12.50 to DE89");
      return "booked";
    });

    CallState end = world.end(asked(world));

    assertThat(lies).hasSize(1);
    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(world.bean.booked).hasSize(1);
  }

  @Test
  void tellsACallerThatItIsDoneThoughItsValueIsNotKept() {
    GuardWorld<BankTools> world = world(GuardWorld.RUN, Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofMinutes(1));

    assertThatThrownBy(() -> world.bean.count(7))
        .isInstanceOf(CallDoneException.class)
        .hasMessageStartingWith("This is done: \"Count to 7\"");
  }

  /** Runs what it is given. */
  @WorkflowInterface
  public interface Thief {
    @WorkflowMethod(name = "Thief")
    RunAnswer steal(ApprovedRun run);
  }

  /** Runs it once. */
  public static final class ThiefImpl implements Thief {
    @Override
    public RunAnswer steal(ApprovedRun run) {
      return Workflow.newActivityStub(
              GuardActivities.class,
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build())
          .run(run);
    }
  }

  /** What another run of the workflow gets that asks for the same. */
  static RunAnswer steal(GuardWorld<?> world, String id, ApprovedRun run) {
    WorkflowStub thief =
        world
            .environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Thief",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(GuardWorld.QUEUES.workflows())
                    .build());
    thief.start(run);
    return thief.getResult(RunAnswer.class);
  }

  static ApprovedRun run(GuardWorld<?> world, String id) {
    return world.history(id).stream()
        .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
        .filter(activity -> activity.getActivityType().getName().equals(GuardActivities.RUN))
        .findFirst()
        .map(activity -> payload(world, activity.getInput(), ApprovedRun.class))
        .orElseThrow();
  }

  static FrozenCall input(GuardWorld<?> world, String id) {
    return payload(
        world,
        world.history(id).getFirst().getWorkflowExecutionStartedEventAttributes().getInput(),
        FrozenCall.class);
  }

  static <T> T payload(GuardWorld<?> world, Payloads payloads, Class<T> type) {
    return world
        .environment
        .getWorkflowClient()
        .getOptions()
        .getDataConverter()
        .fromPayloads(0, Optional.of(payloads), type, type);
  }

  private static CallState started(GuardWorld<BankTools> world, String id, FrozenCall call) {
    world.startAs(id, call);
    return world.end(id);
  }
}
