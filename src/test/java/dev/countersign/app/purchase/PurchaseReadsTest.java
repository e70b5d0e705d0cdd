package dev.countersign.app.purchase;

import static dev.countersign.app.purchase.PurchaseWorld.ALICE;
import static dev.countersign.app.purchase.PurchaseWorld.HEADPHONES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.countersign.PatientWorker;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.approval.Approver;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.CallSettlement;
import dev.countersign.guard.CallState;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardedCallWorkflow;
import dev.countersign.guard.KeyUsedException;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is shown of purchases that nobody can ask: those that have ended, and those that don't
 * answer.
 */
@Timeout(60)
class PurchaseReadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Approver APPROVER =
      new Approver(new Approver.Hint.Login("alice"), "sub", ALICE.sub(), null);

  private final PurchaseWorld world = new PurchaseWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private Purchases purchases(WorkflowPages workflows) {
    return world.purchases(workflows, PATIENCE);
  }

  private Purchases purchases() {
    return purchases(new WorkflowPages(world.client()));
  }

  @Test
  void anEndedPurchaseIsReadWithoutAWorker() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    var running = world.start();
    PurchaseState end = running.end();
    world.stopWorkers();

    assertThat(purchases().find(ALICE, running.id)).contains(end);
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
  }

  @Test
  void aPurchaseWithoutAWorkerIsShownWithWhatItWasStarted() {
    world.stopWorkers();
    var running = world.start();

    PurchaseState state = purchases().find(ALICE, running.id).orElseThrow();

    assertThat(state.status()).isEqualTo(PurchaseStatus.REQUESTED);
    assertThat(state.product()).isEqualTo(HEADPHONES.product());
    assertThat(state.qty()).isEqualTo(HEADPHONES.qty());
    assertThat(state.priceLimit()).isEqualTo(HEADPHONES.priceLimit());
    assertThat(state.endedAt()).isNull();
    assertThat(state.version()).as("not known").isNull();
  }

  @Test
  void aPurchaseThatFallsSilentIsShownAsItStoodLast() {
    var running = world.start();
    PurchaseState asked = world.awaitStatus(running, PurchaseStatus.AWAITING_APPROVAL);
    world.stopWorkers();

    PurchaseState state = purchases().find(ALICE, running.id).orElseThrow();

    assertThat(state.status()).isEqualTo(PurchaseStatus.AWAITING_APPROVAL);
    assertThat(state.code()).isEqualTo("authorization_pending");
    // it began when it was started, and counts from its first task
    assertThat(state.requestedAt()).isBeforeOrEqualTo(asked.requestedAt());
    assertThat(state.expiresAt()).isEqualTo(asked.expiresAt());
  }

  @Test
  void aPurchaseThatFallsSilentIsNotWaitedForBeyondItsExpiry() {
    var running = world.start();
    PurchaseState asked = world.awaitStatus(running, PurchaseStatus.AWAITING_APPROVAL);
    world.stopWorkers();
    Instant expiry = Objects.requireNonNull(asked.expiresAt());

    PurchaseState soon = at(expiry.plusSeconds(59)).find(ALICE, running.id).orElseThrow();
    PurchaseState late = at(expiry.plusSeconds(61)).find(ALICE, running.id).orElseThrow();

    assertThat(soon.code()).isEqualTo("authorization_pending");
    assertThat(soon.reason()).isNull();
    assertThat(late.status()).isEqualTo(PurchaseStatus.AWAITING_APPROVAL);
    assertThat(late.expiresAt()).isNull();
    assertThat(late.code()).isEqualTo("no_answer");
    assertThat(late.reason())
        .isEqualTo(
            "The time to approve this is over, and what became of it can't be known right now.");
    assertThat(late.endedAt()).isNull();
    assertThat(late.version()).isNull();
  }

  private Purchases at(Instant now) {
    return world.purchases(new WorkflowPages(world.client()), PATIENCE, () -> now);
  }

  @Test
  void aPurchaseThatFallsSilentWhileItIsTriedAgainIsShownToRun() {
    world.shop.isDownFor(Duration.ofMinutes(30));
    world.provider.approvesAfter(Duration.ofSeconds(5));
    var running = world.start();
    world.environment.sleep(Duration.ofSeconds(30));
    world.stopWorkers();

    PurchaseState state = purchases().find(ALICE, running.id).orElseThrow();

    assertThat(state.status()).isEqualTo(PurchaseStatus.ORDERING);
    assertThat(state.code()).isNull();
  }

  @Test
  void aListOfThoseThatRunLooksAmongAllThatMay() {
    List<String> queries = new ArrayList<>();
    var pages =
        new WorkflowPages(world.client()) {
          @Override
          public Page find(String query, int size, @Nullable ByteString from) {
            queries.add(query);
            return new Page(List.of(), null);
          }
        };

    purchases(pages).list(ALICE, PurchaseStatus.ORDERING, null);

    assertThat(queries)
        .singleElement()
        .asString()
        .contains("ApprovalStatus IN ('AWAITING_APPROVAL', 'REQUESTED', 'RUNNING')");
  }

  @Test
  void aPurchaseThatIsStoppedWhileItsUserIsAskedAgainMayHaveBeenOrdered() {
    world.shop.nextOrdersAndLosesTheAnswer();
    world.shop.isDownFor(Duration.ofMinutes(30));
    world.provider.tokensLive(Duration.ofMinutes(2));
    world.provider.approvesAfter(Duration.ofSeconds(5));
    var running = world.start();
    world.environment.sleep(Duration.ofSeconds(30));
    world.provider.approvesAfter(Duration.ofMinutes(4));
    world.environment.sleep(Duration.ofMinutes(3));
    world.awaitStatus(running, PurchaseStatus.AWAITING_APPROVAL);
    running.stub().terminate("from outside");

    PurchaseState state = purchases().find(ALICE, running.id).orElseThrow();

    assertThat(state.status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(state.reason()).contains("it is unknown whether it was");
  }

  @Test
  void aPurchaseThatIsStoppedBeforeItsUserDecidedWasNotOrdered() {
    var running = world.start();
    world.awaitStatus(running, PurchaseStatus.AWAITING_APPROVAL);
    running.stub().terminate("from outside");

    PurchaseState state = purchases().find(ALICE, running.id).orElseThrow();

    assertThat(state.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(state.reason()).endsWith("Nothing was done.");
  }

  @Test
  void aListShowsThoseThatAnswerAndTheOthersWithinOnePatience() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    var ended = world.start();
    ended.end();
    world.stopWorkers();
    List<String> ids =
        IntStream.rangeClosed(0, 18).mapToObj(i -> i == 9 ? ended.id : world.start().id).toList();
    long asked = System.nanoTime();

    List<PurchaseState> page = purchases(listing(ids)).list(ALICE, null, null).purchases();

    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    assertThat(took).isLessThan(PATIENCE.multipliedBy(10)); // one by one: 18 times
    assertThat(page).extracting(PurchaseState::id).containsExactlyElementsOf(ids);
    assertThat(page.get(9).status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(page.getFirst().status()).isEqualTo(PurchaseStatus.REQUESTED);
  }

  @Test
  void anOldKeyFindsTheOldTermsWithoutAWorker() {
    world.stopWorkers();
    var key = new IdempotencyKey("k1");
    var other = new Purchase("yacht", 1, null);

    PurchaseState first = purchases().start(ALICE, HEADPHONES, APPROVER, key);

    assertThatThrownBy(() -> purchases().start(ALICE, other, APPROVER, key))
        .isInstanceOfSatisfying(
            KeyUsedException.class, e -> assertThat(e.before().id()).isEqualTo(first.id()))
        .hasMessageContaining("2 headphones");
    Purchase same = new Purchase("headphones", 2, new BigDecimal("99.9"));
    PurchaseState again = purchases().start(ALICE, same, APPROVER, key);
    assertThat(again).usingRecursiveComparison().ignoringFields("requestedAt").isEqualTo(first);
    assertThat(again.requestedAt()).isCloseTo(first.requestedAt(), within(10, ChronoUnit.SECONDS));
  }

  @Test
  void aPurchaseThatCannotBeReplayedIsShownAsFarAsItIsKnown() {
    var running = world.start();
    world.awaitStatus(running, PurchaseStatus.AWAITING_APPROVAL);
    world.stopWorkers();
    WorkerFactory others = WorkerFactory.newInstance(world.client());
    others
        .newWorker(PurchaseWorld.QUEUES.workflows(), PatientWorker.OPTIONS)
        .registerWorkflowImplementationTypes(OtherPurchase.class);
    others.start();

    try {
      assertThat(purchases().find(ALICE, running.id))
          .map(PurchaseState::status)
          .contains(PurchaseStatus.AWAITING_APPROVAL);
    } finally {
      others.shutdownNow();
    }
  }

  /** A purchase whose steps are others than those in any history. */
  public static class OtherPurchase implements GuardedCallWorkflow {
    @Override
    public CallState call(FrozenCall call) {
      Workflow.sleep(Duration.ofDays(1));
      throw new IllegalStateException("Never comes here");
    }

    @Override
    public void reportEnd() {
      throw new IllegalStateException("Nobody asks");
    }

    @Override
    public CallState state() {
      throw new IllegalStateException("Never comes here");
    }

    @Override
    public CallState cancel() {
      throw new IllegalStateException("Nobody cancels");
    }

    @Override
    public void validateCancel() {}

    @Override
    public void settle(@Nullable CallSettlement settlement) {}
  }

  private WorkflowPages listing(List<String> ids) {
    return new WorkflowPages(world.client()) {
      @Override
      public Page find(String query, int size, @Nullable ByteString from) {
        return new Page(ids.stream().map(id -> new Found(id, Instant.EPOCH, false)).toList(), null);
      }
    };
  }
}
