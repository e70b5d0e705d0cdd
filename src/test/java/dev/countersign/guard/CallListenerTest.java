package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.countersign.approval.FakeProvider;
import dev.countersign.guard.GuardedCallTest.BankTools;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners are told of a call, and that the call doesn't wait for them. */
@Timeout(120)
class CallListenerTest {
  private final List<CallNews> news = new CopyOnWriteArrayList<>();
  private @Nullable GuardWorld<BankTools> world;

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private GuardWorld<BankTools> world(Duration await, CallListener... listeners) {
    GuardWorld<BankTools> made =
        new GuardWorld<>(BankTools.class, GuardWorld.RUN.withListeners(), await);
    made.listeners.addAll(List.of(listeners));
    world = made;
    return made;
  }

  private GuardWorld<BankTools> world(CallListener... listeners) {
    return world(Duration.ZERO, listeners);
  }

  private static void failing(CallNews told) {
    throw new IllegalStateException("No network, " + FakeProvider.ACCESS_TOKEN);
  }

  /** Hears nothing while it is away. */
  private CallListener unless(AtomicBoolean away) {
    return told -> {
      if (away.get()) {
        failing(told);
      }
      news.add(told);
    };
  }

  private static String asked(GuardWorld<BankTools> world) {
    return catchThrowableOfType(
            ApprovalPendingException.class,
            () -> world.bean.transfer(new BigDecimal("12.50"), "DE89"))
        .callId();
  }

  private static WorkflowStub workflow(GuardWorld<BankTools> world, String id) {
    return world.environment.getWorkflowClient().newUntypedWorkflowStub(id);
  }

  /** Waits until the listeners have been told, in time that is skipped. */
  private static CallState closed(GuardWorld<BankTools> world, String id) {
    return workflow(world, id).getResult(CallState.class);
  }

  private static boolean isOpen(GuardWorld<BankTools> world, String id) {
    return workflow(world, id).describe().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  @Test
  void areToldEachStepOnceAndInOrder() {
    GuardWorld<BankTools> world = world(news::add);
    world.provider.approvesAfter(Duration.ofMinutes(4));

    String id = asked(world);
    CallState end = closed(world, id);

    assertThat(news)
        .satisfiesExactly(
            first -> {
              assertThat(first).isInstanceOf(CallNews.Asked.class);
              assertThat(first.call().status()).isEqualTo(CallStatus.AWAITING_APPROVAL);
              assertThat(first.call().expiresAt()).isNotNull();
            },
            second -> {
              assertThat(second)
                  .isInstanceOfSatisfying(
                      CallNews.Decided.class, yes -> assertThat(yes.approved()).isTrue());
              assertThat(second.call().status()).isEqualTo(CallStatus.RUNNING);
            },
            third -> assertThat(third).isEqualTo(new CallNews.Ended("alice", end)));
    assertThat(news).extracting(CallNews::user).containsOnly("alice");
    assertThat(news).extracting(one -> one.call().id()).containsOnly(id);
  }

  @Test
  void areToldOfANo() {
    GuardWorld<BankTools> world = world(news::add);
    world.provider.deniesAfter(Duration.ofMinutes(1));

    CallState end = closed(world, asked(world));

    assertThat(news)
        .hasSize(3)
        .last()
        .isEqualTo(new CallNews.Ended("alice", end))
        .extracting(last -> last.call().status())
        .isEqualTo(CallStatus.DENIED);
    assertThat(news.get(1))
        .isInstanceOfSatisfying(
            CallNews.Decided.class,
            no -> {
              assertThat(no.approved()).isFalse();
              assertThat(no.call().decidedAt()).isEqualTo(end.decidedAt());
            });
  }

  @Test
  void areToldThatTheUserIsAskedAgain() {
    GuardWorld<BankTools> world = world(news::add);
    world.provider.tokensLive(Duration.ofMinutes(2));
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new NotDoneException("The bank is closed", Duration.ofMinutes(3));
    });

    closed(world, asked(world));

    assertThat(news)
        .extracting(one -> one.getClass().getSimpleName())
        .containsExactly("Asked", "Decided", "AskedAgain", "Decided", "Ended");
    assertThat(news.get(2).call().reason())
        .isEqualTo("Your approval ended before it could be done; please approve once more.");
  }

  @Test
  void areToldAgainAfterAFailureAndKeepNobodyElseFromBeingTold() {
    List<CallNews> tries = new CopyOnWriteArrayList<>();
    List<CallNews> others = new CopyOnWriteArrayList<>();
    GuardWorld<BankTools> world =
        world(
            told -> {
              tries.add(told);
              if (tries.size() < 4) {
                failing(told);
              }
              news.add(told);
            },
            others::add);
    world.provider.approvesAfter(Duration.ofSeconds(1));

    String id = asked(world);
    closed(world, id);

    assertThat(news)
        .extracting(one -> one.getClass().getSimpleName())
        .containsExactly("Asked", "Decided", "Ended");
    assertThat(tries).hasSize(6);
    assertThat(tries.subList(0, 4)).containsOnly(news.getFirst());
    assertThat(others).isEqualTo(tries);
    assertThat(world.history(id).toString()).doesNotContain(FakeProvider.ACCESS_TOKEN);
  }

  @Test
  void areToldByTheNextProcessWhatTheyFailedToHear() {
    List<CallNews> failed = new CopyOnWriteArrayList<>();
    GuardWorld<BankTools> world =
        world(told -> {
          failed.add(told);
          failing(told);
        });
    world.provider.approvesAfter(Duration.ofMinutes(1));

    String id = asked(world);
    await().until(() -> isToBeToldAgain(world, id));
    world.restart(news::add);
    CallState end = closed(world, id);

    assertThat(failed).containsOnly(news.getFirst());
    assertThatAllWasTold(end);
  }

  @Test
  void areToldByTheNextProcessWhatTheyHungAt() {
    List<CallNews> hung = new CopyOnWriteArrayList<>();
    GuardWorld<BankTools> world =
        world(told -> {
          hung.add(told);
          new CountDownLatch(1).await();
        });
    world.provider.approvesAfter(Duration.ofMinutes(1));

    String id = asked(world);
    await().until(() -> !hung.isEmpty());
    world.restart(news::add);
    CallState end = closed(world, id);

    assertThat(hung).containsExactly(news.getFirst());
    assertThatAllWasTold(end);
  }

  private static boolean isToBeToldAgain(GuardWorld<BankTools> world, String id) {
    return workflow(world, id).describe().getRawDescription().getPendingActivitiesList().stream()
        .anyMatch(activity ->
            activity.getActivityType().getName().equals(ListenerActivities.TELL)
                && activity.hasLastFailure());
  }

  /** Each step once, in order. */
  private void assertThatAllWasTold(CallState end) {
    assertThat(news)
        .extracting(one -> one.getClass().getSimpleName())
        .containsExactly("Asked", "Decided", "Ended");
    assertThat(news).last().isEqualTo(new CallNews.Ended("alice", end));
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
  }

  @Test
  void holdUpNothingThatTheUserSees() {
    GuardWorld<BankTools> world = world(CallListenerTest::failing, news::add);
    world.provider.approvesAfter(Duration.ofMinutes(1));

    String id = asked(world);
    world.environment.sleep(Duration.ofMinutes(2));

    CallState end = world.calls.state(id);
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).hasSize(1);
    assertThat(isOpen(world, id)).isTrue();
    assertThat(world.calls.await(id, Duration.ofMinutes(1))).isEqualTo(end);
    assertThat(news).allMatch(CallNews.Asked.class::isInstance);

    assertThat(closed(world, id)).isEqualTo(end);
    Instant closedAt = workflow(world, id).describe().getCloseTime();
    assertThat(Duration.between(end.endedAt(), closedAt))
        .isBetween(Duration.ofHours(23), Duration.ofMinutes(24 * 60 + 5));
    assertThat(news).last().isEqualTo(new CallNews.Ended("alice", end));
    assertThat(world.history(id).toString()).doesNotContain(FakeProvider.ACCESS_TOKEN);
  }

  @Test
  void keepNoCallerFromItsValue() throws Exception {
    GuardWorld<BankTools> world = world(Duration.ofSeconds(100), CallListenerTest::failing);
    world.provider.approvesAfter(Duration.ofMinutes(1));

    CompletableFuture<String> value = CompletableFuture.supplyAsync(() -> transferred(world));
    while (!value.isDone()) {
      world.environment.sleep(Duration.ofSeconds(10));
    }

    assertThat(value.get()).isEqualTo("booked 10");
    assertThat(isOpen(world, world.bean.calls.getFirst().idempotencyKey())).isTrue();
  }

  private static String transferred(GuardWorld<BankTools> world) {
    try {
      return world.bean.transfer(BigDecimal.TEN, "DE89");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void letACallerGoWhoseTimeIsOver() {
    GuardWorld<BankTools> world = world(news::add);

    String id = asked(world);

    assertThat(world.calls.await(id, Duration.ofSeconds(2)).status().isEnd()).isFalse();
  }

  @Test
  void areToldOfACallThatIsTakenBack() {
    AtomicBoolean away = new AtomicBoolean(true);
    GuardWorld<BankTools> world = world(unless(away));

    String id = asked(world);
    world.environment.sleep(Duration.ofSeconds(1));
    assertThat(world.calls.cancel("alice", id))
        .map(CallState::status)
        .hasValue(CallStatus.CANCELLED);
    assertThat(isOpen(world, id)).isTrue();
    assertThat(world.calls.cancel("alice", id))
        .map(CallState::status)
        .hasValue(CallStatus.CANCELLED);
    away.set(false);
    CallState end = closed(world, id);

    assertThat(news).hasSize(2).first().isInstanceOf(CallNews.Asked.class);
    assertThat(news).last().isEqualTo(new CallNews.Ended("alice", end));
  }

  @Test
  void areToldThoughTemporalCancels() {
    AtomicBoolean away = new AtomicBoolean(true);
    GuardWorld<BankTools> world = world(unless(away));

    String id = asked(world);
    world.environment.sleep(Duration.ofSeconds(1));
    workflow(world, id).cancel();
    await().until(() -> world.calls.state(id).status() == CallStatus.CANCELLED);
    away.set(false);
    assertThatThrownBy(() -> closed(world, id)).isInstanceOf(WorkflowFailedException.class);

    assertThat(news).hasSize(2).last().isInstanceOf(CallNews.Ended.class);
    assertThat(news.getLast().call().status()).isEqualTo(CallStatus.CANCELLED);
  }

  @Test
  void areToldOfAnUnknownOutcomeAndOfItsSettlement() {
    GuardWorld<BankTools> world = world(news::add);
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.bean.next.add(() -> {
      throw new IllegalStateException("connection reset");
    });

    String id = asked(world);
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(news).last().isInstanceOf(CallNews.Ended.class);
    assertThat(news.getLast().call().status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    workflow(world, id).signal("settle", new CallSettlement(true, "the bank's books"));
    CallState end = closed(world, id);

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(news).hasSize(4).last().isEqualTo(new CallNews.Settled("alice", end));
  }

  @Test
  void areToldByAProcessThatHasSome() {
    GuardWorld<BankTools> world = world();
    world.provider.approvesAfter(Duration.ofMinutes(1));

    String id = asked(world);
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(isOpen(world, id)).isTrue();
    world.listeners.add(news::add);
    closed(world, id);

    assertThat(news)
        .extracting(one -> one.getClass().getSimpleName())
        .containsExactly("Asked", "Decided", "Ended");
  }

  @Test
  void areToldNothingOfACallThatWasMadeWithoutThem() {
    GuardWorld<BankTools> without = new GuardWorld<>(BankTools.class);
    world = without;
    without.listeners.add(news::add);

    closed(without, asked(without));

    assertThat(news).isEmpty();
  }
}
