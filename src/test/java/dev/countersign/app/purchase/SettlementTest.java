package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.purchase.PurchaseWorld.Running;
import dev.countersign.app.purchase.PurchaseWorld.ShopTerms;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.guard.GuardedCallWorkflow;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How it becomes known what came of an order whose answer was lost. */
@Timeout(60)
class SettlementTest {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private PurchaseWorld world = new PurchaseWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** A shop that orders once for each post, not for each key. */
  private void shopWithout(@Nullable Duration lookUpNotFoundAfter, Duration settleWithin) {
    world.close();
    world =
        new PurchaseWorld(
            new ShopTerms(CALL, false, PATIENCE, true, lookUpNotFoundAfter, settleWithin));
    world.provider.approvesAfter(Duration.ofSeconds(5));
  }

  /** Buys at a shop that can be asked, and tells what came of it. */
  private PurchaseState buyWhereItCanBeLookedUp() {
    return world.startHeard().end();
  }

  /** Buys, so that nobody knows what came of it. */
  private Running buyWithoutAnswer() {
    shopWithout(null, WEEK);
    world.shop.nextOrdersAndLosesTheAnswer();
    Running purchase = world.startHeard();
    world.environment.sleep(Duration.ofMinutes(1));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    return purchase;
  }

  @Test
  void isStillThereToBeSettledWhenTemporalsCancelCameWhileItWasOrdering() {
    world.close();
    world = new PurchaseWorld(new ShopTerms(CALL, true, PATIENCE, true, null, WEEK));
    world.provider.approvesAfter(Duration.ofSeconds(5));
    world.shop.nextOrdersAndLosesTheAnswer();
    world.shop.isDownFor(Duration.ofHours(2));
    Running purchase = world.startHeard();
    world.environment.sleep(MINUTE);
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.ORDERING);
    purchase.stub().cancel();
    world.environment.sleep(PATIENCE.multipliedBy(2));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    purchase.settle(true, "Found in the back office");
    assertThatThrownBy(purchase::end).hasMessageContaining("was cancelled");
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.ORDERED);
  }

  @Test
  void isOrderedWhenTheShopHasTheOrder() {
    shopWithout(MINUTE, WEEK);
    world.shop.nextOrdersAndLosesTheAnswer();
    PurchaseState end = buyWhereItCanBeLookedUp();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.result()).isEqualTo("OK");
    assertThat(world.heard()).containsExactly("ORDERED: OK");
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void showsThatItIsNoLongerWaitedForWhileItIsLookedUp() {
    shopWithout(MINUTE, WEEK);
    world.shop.next(new OrderAnswer.Unknown("The shop answered 503"));
    Running purchase = world.startHeard();
    world.environment.sleep(Duration.ofSeconds(30));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.ORDERING);
    assertThat(world.client().fetchHistory(purchase.id).getEvents())
        .filteredOn(HistoryEvent::hasUpsertWorkflowSearchAttributesEventAttributes)
        .last()
        .satisfies(event ->
            assertThat(event.getUpsertWorkflowSearchAttributesEventAttributes().toString())
                .contains("RUNNING"));
  }

  @Test
  void isNotOrderedWhenTheShopHasNoOrderAMinuteAfterItWasSent() {
    shopWithout(MINUTE, WEEK);
    world.shop.next(new OrderAnswer.Unknown("The shop answered 503"));
    PurchaseState end = buyWhereItCanBeLookedUp();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.code()).isEqualTo("shop_unavailable");
    assertThat(end.reason()).contains("The shop answered 503").contains("Nothing was done");
    Instant sent = world.shop.requests().getFirst().at();
    assertThat(world.shop.lookUps().getFirst()).isBefore(sent.plus(MINUTE));
    assertThat(world.shop.lookUps().getLast()).isAfterOrEqualTo(sent.plus(MINUTE));
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void aRefusalIsCertainOnceTheShopSaysThatItHasNoOrder() {
    world.close();
    world = new PurchaseWorld(new ShopTerms(CALL, true, PATIENCE, true, MINUTE, Duration.ZERO));
    world.provider.approvesAfter(Duration.ofSeconds(5));
    world.shop.next(new OrderAnswer.Unknown("Read timed out"));
    world.shop.next(new OrderAnswer.Refused(422, "Sold out"));
    PurchaseState end = buyWhereItCanBeLookedUp();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.reason()).isEqualTo("This can't be done: Sold out. Nothing was done.");
  }

  @Test
  void asksTheShopAgainWhileItDoesNotSay() {
    shopWithout(MINUTE, WEEK);
    world.shop.nextOrdersAndLosesTheAnswer();
    world.shop.nextLookUp(new LookUpAnswer.Unknown("The shop answered 500", null));
    world.shop.nextLookUp(
        new LookUpAnswer.Unknown("The shop answered 503", Duration.ofSeconds(90)));
    assertThat(buyWhereItCanBeLookedUp().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.shop.lookUps()).hasSize(3);
    assertThat(Duration.between(world.shop.lookUps().get(1), world.shop.lookUps().get(2)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void staysUnknownWhenTheShopNeverSays() {
    shopWithout(MINUTE, Duration.ZERO);
    world.shop.nextOrdersAndLosesTheAnswer();
    for (int lookUp = 0; lookUp < 60; lookUp++) {
      world.shop.nextLookUp(new LookUpAnswer.Unknown("The shop answered 500", null));
    }
    PurchaseState end = buyWhereItCanBeLookedUp();
    assertThat(end.status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(end.endedAt()).isBefore(end.requestedAt().plus(PATIENCE).plus(MINUTE));
    assertThat(world.shop.lookUps()).hasSizeBetween(20, 40);
  }

  @Test
  void looksNothingUpWithATokenThatHasEnded() {
    shopWithout(MINUTE, Duration.ZERO);
    world.provider.tokensLive(Duration.ofSeconds(30));
    world.shop.next(new OrderAnswer.Unknown("The shop answered 503"));
    PurchaseState end = buyWhereItCanBeLookedUp();
    assertThat(end.status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    Instant sent = world.shop.requests().getFirst().at();
    assertThat(world.shop.lookUps()).allMatch(at -> at.isBefore(sent.plusSeconds(30)));
  }

  @Test
  void anOperatorSaysThatItIsOrdered() {
    Running purchase = buyWithoutAnswer();
    purchase.settle(true, "Order 4711,\nfound in the back office");
    PurchaseState end = purchase.end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.result()).isNull(); // nobody knows what the shop has answered
    assertThat(end.reason())
        .isEqualTo("It is clear now that it was done: Order 4711, found in the back office.");
    assertThat(end.code()).isNull();
    assertThat(end.orderedAt()).isEqualTo(end.endedAt());
    assertThat(world.heard())
        .hasSize(2)
        .last()
        .isEqualTo(
            "ORDERED: It is clear now that it was done: Order 4711, found in the back office.");
  }

  @Test
  void anOperatorSaysByHandThatNothingIsOrdered() {
    Running purchase = buyWithoutAnswer();
    purchase.stub().signal("settle", Map.of("done", false, "words", "The shop has no order"));
    PurchaseState end = purchase.end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.code()).isEqualTo("not_ordered");
    assertThat(end.reason())
        .isEqualTo(
            "It is clear now that nothing was done: The shop has no order. Please ask again if"
                + " you still want it.");
    assertThat(end.result()).isNull();
    assertThat(world.heard()).hasSize(2).first().asString().startsWith("OUTCOME_UNKNOWN: ");
  }

  @Test
  void whatSaysNothingSettlesNothing() {
    Running purchase = buyWithoutAnswer();
    purchase.stub().signal("settle", Map.of("words", "I don't know"));
    purchase.stub().signal("settle", "nonsense");
    purchase.stub().signal("settle");
    purchase.settle(true, null);
    purchase.settle(false, "Too late");
    PurchaseState end = purchase.end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.reason()).contains("the operator has looked it up");
  }

  @Test
  void nothingIsSettledBeforeItsOutcomeIsUnknown() {
    shopWithout(null, WEEK);
    Running purchase = world.startHeard();
    purchase.settle(true, "Too early");
    assertThat(purchase.end().result()).isEqualTo("Created");
    assertThat(world.heard()).containsExactly("ORDERED: Created");
  }

  @Test
  void tellsTheUserAtOnceAndEndsAfterAWeek() {
    Running purchase = buyWithoutAnswer();
    PurchaseState unknown = purchase.state();
    GuardedCallWorkflow workflow = purchase.workflow();
    assertThatThrownBy(workflow::cancel).isInstanceOf(WorkflowUpdateException.class);
    world.environment.sleep(Duration.ofDays(6));
    assertThat(purchase.stub().describe().getCloseTime()).isNull();
    assertThat(purchase.end()).isEqualTo(unknown);
    assertThat(world.heard())
        .singleElement()
        .asString()
        .startsWith("OUTCOME_UNKNOWN: There was no clear answer");
    assertThat(world.client().fetchHistory(purchase.id).getEvents()).hasSizeLessThan(60);
  }

  @Test
  void temporalsOwnCancelEndsTheWait() {
    Running purchase = buyWithoutAnswer();
    purchase.stub().cancel();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> purchase.stub().describe().getCloseTime() != null);
    PurchaseState end = world.purchases.find(PurchaseWorld.ALICE, purchase.id).orElseThrow();
    assertThat(end.status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(end.code()).isEqualTo("outcome_unknown");
    assertThat(end.reason()).contains("unknown whether it was done");
  }
}
