package dev.countersign.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.shop.OrderAnswer;
import java.time.Duration;
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
    world.close();
    world = new PurchaseWorld(false);
  }

  @Test
  void ordersWhenTheShopIsBackAfterThreeMinutes() {
    world.shop.isDownFor(Duration.ofMinutes(3));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.orderedAt()).isAfterOrEqualTo(end.requestedAt().plusSeconds(170));
    assertThat(world.shop.orders()).hasSize(1);
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
    assertThat(end.reason()).contains("unknown whether the order was placed");
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
  void rejectsAnOrderThatIsUnauthorizedTwice() {
    world.shop.next(new OrderAnswer.Unauthorized("Wrong audience"));
    world.shop.next(new OrderAnswer.Unauthorized("Wrong audience"));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.reason()).contains("Wrong audience");
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
  void givesUpWhenTheTokenEnds() {
    world.provider.tokensLive(Duration.ofMinutes(2));
    world.shop.isDownFor(Duration.ofHours(2));
    PurchaseState end = buy();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.endedAt()).isBefore(end.requestedAt().plusSeconds(150));
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
