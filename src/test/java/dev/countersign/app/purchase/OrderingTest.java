package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.purchase.PurchaseWorld.ShopTerms;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of an approved purchase when the shop doesn't simply take the order. */
@Timeout(60)
class OrderingTest {
  private PurchaseWorld world = new PurchaseWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private PurchaseState buy() {
    world.provider.approvesAfter(Duration.ofSeconds(5));
    return world.start().end();
  }

  private void shopIsNotIdempotent() {
    ordering(
        new ShopTerms(
            Duration.ofSeconds(10), false, Duration.ofMinutes(15), true, null, Duration.ZERO));
  }

  private void ordering(ShopTerms settings) {
    world.close();
    world = new PurchaseWorld(settings);
  }

  private void endsWithItsToken() {
    ordering(
        new ShopTerms(
            Duration.ofSeconds(10), true, Duration.ofMinutes(15), false, null, Duration.ZERO));
  }

  /** Buys with a token that ends after two minutes. */
  private PurchaseWorld.Running buyHeardWithAShortToken() {
    world.provider.tokensLive(Duration.ofMinutes(2));
    world.provider.approvesAfter(Duration.ofSeconds(5));
    return world.startHeard();
  }

  @Test
  void ordersWhenTheShopIsBackAfterThreeMinutes() {
    world.shop.isDownFor(Duration.ofMinutes(3));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.orderedAt()).isAfterOrEqualTo(end.requestedAt().plusSeconds(170));
    assertThat(world.shop.orders()).hasSize(1);
  }

  /** In letters of another width, which the phone shows as those that they stand for. */
  @Test
  void ordersInTheVeryFormThatWasShown() {
    world.provider.approvesAfter(Duration.ofSeconds(5));
    PurchaseState end = world.start(new Purchase("\uFF50\uFF45\uFF4E", 1, null), null).end();
    assertThat(end.bindingMessage()).isEqualTo("Do you want to buy 1 pen");
    assertThat(world.shop.orders()).extracting(Order::product).containsExactly("pen");
  }

  @Test
  void ordersOnceUnderOneKeyWhenTheAnswerIsLost() {
    world.shop.nextOrdersAndLosesTheAnswer();
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.shop.orders()).hasSize(1);
    assertThat(world.shop.requests()).hasSize(2);
    assertThat(world.shop.requests())
        .extracting(FakeShop.Request::idempotencyKey)
        .containsOnly(end.id());
    assertThat(world.shop.requests()).extracting(FakeShop.Request::token).hasSize(2);
    assertThat(world.shop.requests().get(0).token())
        .isEqualTo(world.shop.requests().get(1).token());
  }

  @Test
  void ordersOnceWhenTheProcessDiesWithTheOrderUnderWay() {
    world.shop.nextCrashes();
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.shop.orders()).hasSize(1);
  }

  @Test
  void rejectsWithTheShopsWords() {
    world.shop.next(new OrderAnswer.Refused(422, "Sold out"));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.code()).isEqualTo("shop_refused");
    assertThat(end.reason()).contains("Sold out");
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void neverCallsARefusalCertainAfterAnUnknownAnswer() {
    world.shop.next(new OrderAnswer.Unknown("Read timed out"));
    world.shop.next(new OrderAnswer.Refused(422, "Sold out"));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(end.code()).isEqualTo("outcome_unknown");
    assertThat(end.reason()).contains("unknown whether it was done");
  }

  @Test
  void neverCallsARefusalCertainAfterACrash() {
    world.shop.nextCrashes();
    world.shop.next(new OrderAnswer.Refused(422, "Sold out"));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
  }

  @Test
  void triesAnUnauthorizedOrderOnceMore() {
    world.shop.next(new OrderAnswer.Unauthorized("Key not known yet"));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
  }

  @Test
  void asksOnceMoreIfTheShopDoesNotTakeTheToken() {
    world.shop.next(new OrderAnswer.Unauthorized("Revoked"));
    world.shop.next(new OrderAnswer.Unauthorized("Revoked"));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.shop.requests())
        .hasSize(3)
        .extracting(FakeShop.Request::idempotencyKey)
        .containsOnly(world.shop.requests().getFirst().idempotencyKey());
  }

  @Test
  void hasNotOrderedIfTheShopDoesNotTakeTheSecondTokenEither() {
    for (int attempt = 0; attempt < 3; attempt++) {
      world.shop.next(new OrderAnswer.Unauthorized("Wrong audience"));
    }
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.code()).isEqualTo("approval_ended");
    assertThat(end.reason()).contains("Nothing was done");
    assertThat(world.provider.rings()).hasSize(2);
  }

  @Test
  void triesAConflictAgainAtAnIdempotentShop() {
    world.shop.next(new OrderAnswer.Conflict("A request with this key is being worked on"));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
  }

  @Test
  void isUnknownWhenARequestWithItsKeyIsWorkedOnForEver() {
    for (int attempt = 0; attempt < 50; attempt++) {
      world.shop.next(new OrderAnswer.Conflict("A request with this key is being worked on"));
    }
    assertThat(buy().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
  }

  @Test
  void waitsAsLongAsABusyShopSays() {
    world.shop.next(new OrderAnswer.Busy(503, Duration.ofSeconds(90)));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(
            Duration.between(world.shop.requests().get(0).at(), world.shop.requests().get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void waitsAsLongAsAShopSaysWhoseAnswerIsUnknown() {
    world.shop.next(new OrderAnswer.Unknown("The shop answered 503", Duration.ofSeconds(90)));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(
            Duration.between(world.shop.requests().get(0).at(), world.shop.requests().get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void neverPostsTwiceAfterA503ToAShopThatIsNotIdempotent() {
    shopIsNotIdempotent();
    world.shop.next(new OrderAnswer.Unknown("The shop answered 503", Duration.ofSeconds(1)));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void failsWhenTheShopStaysUnreachable() {
    world.shop.isDownFor(Duration.ofHours(2));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.code()).isEqualTo("shop_unavailable");
    assertThat(end.reason()).contains("Connection refused");
    assertThat(end.endedAt())
        .isBetween(end.requestedAt().plusSeconds(14 * 60), end.requestedAt().plusSeconds(16 * 60));
  }

  @Test
  void isUnknownWhenTheShopStaysUnreachableAfterAnUnknownAnswer() {
    world.shop.isDownFor(Duration.ofHours(2));
    world.shop.next(new OrderAnswer.Unknown("Connection reset"));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
  }

  @Test
  void givesUpWhenTheTokenEndsIfTheSettingsSaySo() {
    endsWithItsToken();
    world.provider.tokensLive(Duration.ofMinutes(2));
    world.shop.isDownFor(Duration.ofHours(2));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.endedAt()).isBefore(end.requestedAt().plusSeconds(150));
  }

  @Test
  void neverSendsATokenThatHasEnded() {
    endsWithItsToken();
    world.provider.tokensLive(
        Duration.ofSeconds(4)); // as after an outage between approval and order
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.code()).isEqualTo("approval_ended");
    assertThat(end.reason())
        .isEqualTo(
            "Your approval ended before it could be done. Nothing was done; please ask"
                + " again.");
    assertThat(world.shop.requests()).isEmpty();
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void asksOnceMoreWhenTheTokenEndsBeforeTheShopTakesTheOrder() {
    world.shop.isDownFor(Duration.ofMinutes(3));
    PurchaseState end = buyHeardWithAShortToken().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.heard())
        .containsExactly(
            "Your approval ended before it could be done; please approve once more.",
            "ORDERED: Created");
    assertThat(world.shop.orders()).hasSize(1);
    assertThat(world.shop.requests())
        .extracting(FakeShop.Request::idempotencyKey)
        .containsOnly(end.id());
    assertThat(world.shop.requests())
        .noneMatch(request -> {
          Instant approved = world.provider.ringsAt().getFirst().plusSeconds(5);
          Instant secondRing = world.provider.ringsAt().getLast();
          return request.at().isAfter(approved.plusSeconds(120))
              && request.at().isBefore(secondRing);
        });
  }

  @Test
  void asksOnlyOnceMore() {
    world.shop.isDownFor(Duration.ofHours(2));
    PurchaseState end = buyHeardWithAShortToken().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.reason()).contains("Nothing was done");
    assertThat(world.provider.rings()).hasSize(2);
  }

  @Test
  void continuesTheSameOrderUnderTheSecondTokenWhenTheFirstAnswerIsUnknown() {
    world.shop.nextOrdersAndLosesTheAnswer();
    world.shop.isDownFor(Duration.ofMinutes(3));
    PurchaseState end = buyHeardWithAShortToken().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.heard().getFirst())
        .isEqualTo(
            "Your approval ended before there was a clear answer; please approve once more. What is"
                + " done then is the same, not a second one.");
    assertThat(world.shop.orders()).hasSize(1);
    assertThat(world.shop.requests())
        .extracting(FakeShop.Request::idempotencyKey)
        .containsOnly(end.id());
  }

  @Test
  void saysNothingCertainWhenTheSecondApprovalIsDeniedAfterAnUnknownAnswer() {
    world.shop.nextOrdersAndLosesTheAnswer();
    world.shop.isDownFor(Duration.ofMinutes(3));
    PurchaseWorld.Running purchase = buyHeardWithAShortToken();
    world.environment.sleep(Duration.ofSeconds(30));
    world.provider.deniesAfter(Duration.ofSeconds(5));
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(world.heard().getLast()).startsWith("OUTCOME_UNKNOWN: ");
  }

  @Test
  void isDeniedWhenTheSecondApprovalIsAndNothingWasOrdered() {
    world.shop.isDownFor(Duration.ofMinutes(3));
    PurchaseWorld.Running purchase = buyHeardWithAShortToken();
    world.environment.sleep(Duration.ofSeconds(30));
    world.provider.deniesAfter(Duration.ofSeconds(5));
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.DENIED);
    assertThat(world.shop.orders()).isEmpty();
  }

  @Test
  void isTakenBackWhileTheSecondApprovalIsAwaited() {
    world.shop.isDownFor(Duration.ofMinutes(30));
    PurchaseWorld.Running purchase = buyHeardWithAShortToken();
    world.environment.sleep(Duration.ofSeconds(30));
    world.provider.approvesAfter(Duration.ofMinutes(4));
    world.environment.sleep(Duration.ofMinutes(3));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.AWAITING_APPROVAL);
    assertThat(purchase.cancel().status()).isEqualTo(PurchaseStatus.CANCELLED);
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.CANCELLED);
  }

  @Test
  void asksNobodyAgainWhoseCancelCameFromTemporalWhileItWasOrdering() {
    world.shop.isDownFor(Duration.ofMinutes(30));
    PurchaseWorld.Running purchase = buyHeardWithAShortToken();
    world.environment.sleep(Duration.ofSeconds(30));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.ORDERING);
    purchase.stub().cancel();
    assertThatThrownBy(purchase::end).hasMessageContaining("was cancelled");
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.CANCELLED);
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void saysNothingCertainWhenTakenBackAfterAnUnknownAnswer() {
    world.shop.nextOrdersAndLosesTheAnswer();
    world.shop.isDownFor(Duration.ofMinutes(30));
    PurchaseWorld.Running purchase = buyHeardWithAShortToken();
    world.environment.sleep(Duration.ofSeconds(30));
    world.provider.approvesAfter(Duration.ofMinutes(4));
    world.environment.sleep(Duration.ofMinutes(3));
    assertThatThrownBy(() -> world.purchases.cancel(PurchaseWorld.ALICE, purchase.id))
        .isInstanceOf(TooLateToCancelException.class)
        .hasMessageContaining("has ended as OUTCOME_UNKNOWN");
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
  }

  @Test
  void waitsForAShopThatIsAwayForDaysWithABoundedHistory() {
    ordering(
        new ShopTerms(Duration.ofSeconds(10), true, Duration.ofDays(7), true, null, Duration.ZERO));
    world.shop.isDownFor(Duration.ofDays(30));
    world.provider.tokensLive(Duration.ofDays(30));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.endedAt()).isAfter(end.requestedAt().plus(Duration.ofDays(6)));
    assertThat(world.shop.requests()).hasSizeBetween(300, 400);
    assertThat(world.client().fetchHistory(end.id()).getEvents()).hasSizeLessThan(4_500);
  }

  @Test
  void neverPostsTwiceAfterAnUnknownAnswerToAShopThatIsNotIdempotent() {
    shopIsNotIdempotent();
    world.shop.nextOrdersAndLosesTheAnswer();
    assertThat(buy().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void neverPostsTwiceAfterACrashToAShopThatIsNotIdempotent() {
    shopIsNotIdempotent();
    world.shop.nextCrashes();
    assertThat(buy().status()).isEqualTo(PurchaseStatus.OUTCOME_UNKNOWN);
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void takesAConflictAsFinalAtAShopThatIsNotIdempotent() {
    shopIsNotIdempotent();
    world.shop.next(new OrderAnswer.Conflict("Ordered before"));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(world.shop.requests()).hasSize(1);
  }

  @Test
  void postsAgainToAShopThatIsNotIdempotentWhenNothingWasSent() {
    shopIsNotIdempotent();
    world.shop.next(new OrderAnswer.NotSent("Connection refused"));
    world.shop.next(new OrderAnswer.Busy(429, null));
    assertThat(buy().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.shop.orders()).hasSize(1);
  }
}
