package dev.countersign.app.purchase;

import static dev.countersign.app.purchase.PurchaseWorld.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.purchase.PurchaseWorld.Running;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.approval.Approver;
import dev.countersign.approval.FakeProvider;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.UserCode;
import dev.countersign.ciba.UserHint;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.GuardedCallWorkflow;
import dev.countersign.guard.ToolRules;
import dev.countersign.message.MessageRules;
import dev.countersign.vault.Purpose;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowUpdateException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PurchaseWorkflowTest {
  private static final MessageRules KEYCLOAK = new MessageRules("[a-zA-Z0-9-._+/!?#]", 50, "_");

  private final PurchaseWorld world = new PurchaseWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void ordersOnceWhenTheUserApprovesAfterFourMinutes() {
    world.provider.approvesAfter(Duration.ofMinutes(4));
    Running purchase = world.start();
    PurchaseState end = purchase.end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.result()).isEqualTo("Created");
    assertThat(end.reason()).isNull();
    assertThat(end.bindingMessage()).isEqualTo("Do you want to buy 2 headphones for at most 99.90");
    assertThat(end.decidedAt()).isAfterOrEqualTo(end.requestedAt().plusSeconds(240));
    assertThat(end.orderedAt()).isEqualTo(end.endedAt());
    assertThat(end.expiresAt())
        .isBetween(
            end.requestedAt().plus(FakeProvider.EXPIRES_IN),
            end.requestedAt().plus(FakeProvider.EXPIRES_IN).plusSeconds(5));
    assertThat(world.provider.rings()).hasSize(1);
    assertThat(world.shop.requests())
        .singleElement()
        .satisfies(request -> {
          assertThat(request.order())
              .isEqualTo(new Order("headphones", 2, PurchaseWorld.HEADPHONES.priceLimit()));
          assertThat(request.token().value()).isEqualTo(FakeProvider.ACCESS_TOKEN);
          assertThat(request.idempotencyKey()).isEqualTo(purchase.id);
        });
  }

  @Test
  void pollsAtTheProvidersPaceAndNeverFaster() {
    world.provider.approvesAfter(Duration.ofMinutes(2));
    world.start().end();
    assertThat(world.provider.tooEarly()).isEmpty();
    assertThat(world.provider.polls()).hasSizeBetween(20, 24);
  }

  @Test
  void slowsDownForGoodWhenTold() {
    world.provider.nextPoll(new TokenAnswer.Pending());
    world.provider.nextPoll(new TokenAnswer.SlowDown(Duration.ofSeconds(20), null));
    world.provider.approvesAfter(Duration.ofMinutes(2));
    assertThat(world.start().end().status()).isEqualTo(PurchaseStatus.ORDERED);
    List<Instant> polls = world.provider.polls();
    assertThat(world.provider.tooEarly()).isEmpty();
    assertThat(IntStream.range(2, polls.size()))
        .allSatisfy(poll ->
            assertThat(Duration.between(polls.get(poll - 1), polls.get(poll)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(20)));
  }

  @Test
  void slowsDownByFiveSecondsForGoodWhenNotToldByHowMuch() {
    world.provider.nextPoll(new TokenAnswer.Pending());
    world.provider.nextPoll(new TokenAnswer.SlowDown(null, null));
    world.provider.approvesAfter(Duration.ofMinutes(2));
    assertThat(world.start().end().status()).isEqualTo(PurchaseStatus.ORDERED);
    List<Instant> polls = world.provider.polls();
    assertThat(polls).hasSizeGreaterThan(5);
    assertThat(world.provider.tooEarly()).isEmpty();
    assertThat(IntStream.range(2, polls.size()))
        .allSatisfy(poll ->
            assertThat(Duration.between(polls.get(poll - 1), polls.get(poll)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10)));
  }

  @Test
  void showsWhenTheUserIsAskedAndTheEnd() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    Running purchase = world.start();
    purchase.end();
    assertThat(shown(purchase)).containsExactly("\"AWAITING_APPROVAL\"", "\"DONE\"");
  }

  @Test
  void showsThatItRunsOnceItHasToBeTriedAgain() {
    world.provider.tokensLive(Duration.ofMinutes(5));
    world.provider.approvesAfter(Duration.ofSeconds(10));
    world.shop.next(new OrderAnswer.Busy(503, null));
    world.shop.next(new OrderAnswer.Busy(503, null));
    world.shop.next(new OrderAnswer.Busy(503, Duration.ofMinutes(6)));
    world.shop.next(new OrderAnswer.Busy(503, null));
    Running purchase = world.start();
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(shown(purchase))
        .containsExactly(
            "\"AWAITING_APPROVAL\"",
            "\"RUNNING\"",
            "\"REQUESTED\"",
            "\"AWAITING_APPROVAL\"",
            "\"RUNNING\"",
            "\"DONE\"");
  }

  @Test
  void showsNothingMoreWhenItIsGivenUpAtOnce() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    world.shop.next(new OrderAnswer.Busy(503, Duration.ofDays(30)));
    Running purchase = world.start();
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(shown(purchase)).containsExactly("\"AWAITING_APPROVAL\"", "\"FAILED\"");
  }

  /** What lists knew of it, one after the other. */
  private List<String> shown(Running purchase) {
    return world.client().fetchHistory(purchase.id).getEvents().stream()
        .filter(HistoryEvent::hasUpsertWorkflowSearchAttributesEventAttributes)
        .map(event ->
            event
                .getUpsertWorkflowSearchAttributesEventAttributes()
                .getSearchAttributes()
                .getIndexedFieldsOrThrow("ApprovalStatus")
                .getData()
                .toStringUtf8())
        .toList();
  }

  @Test
  void ordersNothingWhenTheUserDenies() {
    world.provider.deniesAfter(Duration.ofSeconds(30));
    Running purchase = world.startHeard();
    PurchaseState end = purchase.end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.DENIED);
    assertThat(end.decidedAt()).isNotNull();
    assertThat(world.heard()).containsExactly("DENIED: The user has denied the request");
    assertThat(world.shop.requests()).isEmpty();
  }

  @Test
  void expiresAfterFiveMinutesAndAsksNoMore() {
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.EXPIRED);
    assertThat(end.reason()).isEqualTo("No approval arrived in time; nothing was done.");
    assertThat(end.endedAt()).isAfterOrEqualTo(end.expiresAt());
    assertThat(world.provider.polls())
        .hasSizeGreaterThan(50)
        .allSatisfy(poll -> assertThat(poll).isBefore(end.expiresAt()));
    Instant expiresAt = Objects.requireNonNull(end.expiresAt());
    assertThat(world.provider.polls().getLast()).isAfterOrEqualTo(expiresAt.minusSeconds(2));
    assertThat(world.shop.requests()).isEmpty();
  }

  @Test
  void callsADenialAtTheVeryEndExpired() {
    world.provider.deniesAfter(FakeProvider.EXPIRES_IN.minusSeconds(3));
    assertThat(world.start().end().status()).isEqualTo(PurchaseStatus.EXPIRED);
  }

  @Test
  void waitsOnWhileTheProviderIsDownForTwoMinutes() {
    world.provider.isDown(Duration.ofSeconds(30), Duration.ofSeconds(150));
    world.provider.approvesAfter(Duration.ofSeconds(60));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(end.decidedAt()).isAfterOrEqualTo(end.requestedAt().plusSeconds(150));
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void cancelledWhileWaitingOrdersNothingEvenIfApprovedLater() {
    world.provider.approvesAfter(Duration.ofSeconds(90));
    Running purchase = world.startHeard();
    world.environment.sleep(Duration.ofMinutes(1));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.AWAITING_APPROVAL);
    PurchaseState cancelled = purchase.cancel();
    assertThat(cancelled.status()).isEqualTo(PurchaseStatus.CANCELLED);
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(purchase.end()).isEqualTo(cancelled);
    assertThat(world.shop.requests()).isEmpty();
    assertThat(world.heard())
        .containsExactly(
            "CANCELLED: It was cancelled; nothing was done. If the user's phone still asks,"
                + " an answer there changes nothing.");
  }

  @Test
  void cancelledFromTemporalItselfIsTakenBackToo() {
    Running purchase = world.start();
    world.environment.sleep(Duration.ofMinutes(1));
    purchase.stub().cancel();
    assertThatThrownBy(purchase::end).hasMessageContaining("was cancelled");
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.CANCELLED);
  }

  @Test
  void refusesToCancelWhileOrdering() {
    world.provider.approvesAfter(Duration.ofSeconds(5));
    world.shop.isDownFor(Duration.ofMinutes(3));
    Running purchase = world.start();
    world.environment.sleep(Duration.ofMinutes(1));
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.ORDERING);
    GuardedCallWorkflow workflow = purchase.workflow();
    assertThatThrownBy(workflow::cancel)
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining("RUNNING and can't be cancelled any more");
    purchase.stub().cancel(); // Temporal's own cancel is too late as well
    assertThatThrownBy(purchase::end).hasMessageContaining("was cancelled");
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.shop.orders()).hasSize(1);
  }

  @Test
  void asksOnceMoreForALostApprovalAndSaysSoFirst() {
    world.provider.nextPoll(new TokenAnswer.Unavailable("The answer was lost", null));
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    world.provider.approvesAfter(Duration.ofSeconds(10));
    PurchaseState end = world.startHeard().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.heard())
        .containsExactly(
            "Your approval may have been lost on the way, so your phone will be asked once more; only"
                + " your answer to the newest question counts.",
            "ORDERED: Created");
    assertThat(world.shop.orders()).hasSize(1);
  }

  @Test
  void speaksOfNoApprovalWhenTheProviderHasForgottenTheQuestion() {
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    world.provider.approvesAfter(Duration.ofSeconds(10));
    assertThat(world.startHeard().end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.heard())
        .containsExactly(
            "The question was lost at your identity provider, so your phone will be asked once more;"
                + " only your answer to the newest question counts.",
            "ORDERED: Created");
  }

  @Test
  void tellsBeforeThePhoneRingsAgain() {
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    world.provider.approvesAfter(Duration.ofSeconds(10));
    Running purchase = world.startHeard();
    purchase.end();
    String history = purchase.history();
    int told = history.indexOf("EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED");
    assertThat(told).isPositive();
    assertThat(history.lastIndexOf("RequestApproval")).isGreaterThan(told);
  }

  @Test
  void failsWhenTheApprovalIsLostTwice() {
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.shop.requests()).isEmpty();
  }

  @Test
  void asksOnceMoreWhenTheAnswerToTheRequestIsLost() {
    world.provider.nextAsk(world.provider::ringAndLoseTheAnswer);
    world.provider.approvesAfter(Duration.ofSeconds(10));
    PurchaseState end = world.startHeard().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.heard().getFirst()).startsWith("It is unclear whether your phone was asked");
  }

  @Test
  void ringsAtMostTwiceWhenTheAnswersAreLost() {
    world.provider.nextAsk(world.provider::ringAndLoseTheAnswer);
    world.provider.nextAsk(world.provider::ringAndLoseTheAnswer);
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.reason()).contains("The answer was lost");
    assertThat(world.provider.rings()).hasSize(2);
  }

  @Test
  void takesACrashWhileAskingForAnUnclearAnswer() {
    world.provider.nextAsk(() -> {
      throw new IllegalStateException("The process dies here");
    });
    world.provider.approvesAfter(Duration.ofSeconds(10));
    assertThat(world.start().end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void asksOnceMoreAndSaysSoFirstWhenTheProviderIsUnavailable() {
    for (int request = 0; request < 4; request++) {
      world.provider.nextAsk(
          () -> new AuthenticationAnswer.Ambiguous("the provider answered 503", null));
    }
    PurchaseState end = world.startHeard().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.reason()).contains("503");
    assertThat(world.provider.requests()).isEqualTo(2);
    assertThat(world.heard().getFirst()).startsWith("It is unclear whether your phone was asked");
  }

  @Test
  void asksOnceMoreNotBeforeTheTimeThatTheProviderNamed() {
    world.provider.nextAsk(() ->
        new AuthenticationAnswer.Ambiguous("the provider answered 503", Duration.ofSeconds(40)));
    world.provider.approvesAfter(Duration.ofSeconds(10));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.ringsAt())
        .singleElement(as(InstanceOfAssertFactories.INSTANT))
        .isAfterOrEqualTo(end.requestedAt().plusSeconds(40));
  }

  @Test
  void announcesNoSecondQuestionThatWouldComeTooLate() {
    world.provider.nextAsk(
        () -> new AuthenticationAnswer.Ambiguous("the provider answered 503", Duration.ofHours(1)));
    PurchaseState end = world.startHeard().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(world.provider.requests()).isOne();
    assertThat(world.heard()).singleElement().asString().startsWith("FAILED");
  }

  @Test
  void asksAgainWhenWhoeverAnsweredIsNotTheProvider() {
    for (int request = 0; request < 3; request++) {
      world.provider.nextAsk(
          () -> new AuthenticationAnswer.NotAsked("the provider answered 404", null));
    }
    world.provider.approvesAfter(Duration.ofSeconds(10));
    assertThat(world.startHeard().end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(1);
    assertThat(world.heard()).containsExactly("ORDERED: Created");
  }

  @Test
  void cancelledWhileTheProviderCannotBeReachedNeverRings() {
    for (int request = 0; request < 30; request++) {
      world.provider.nextAsk(() -> new AuthenticationAnswer.NotSent("Connection refused"));
    }
    Running purchase = world.startHeard();
    world.environment.sleep(Duration.ofSeconds(20)); // between the tries at 15 and 30 s
    assertThat(purchase.state().status()).isEqualTo(PurchaseStatus.REQUESTED);
    PurchaseState cancelled = purchase.cancel();
    int requests = world.provider.requests();
    assertThat(cancelled.status()).isEqualTo(PurchaseStatus.CANCELLED);
    world.environment.sleep(Duration.ofMinutes(10));
    assertThat(purchase.end()).isEqualTo(cancelled);
    assertThat(world.provider.requests()).isEqualTo(requests);
    assertThat(world.provider.rings()).isEmpty();
    assertThat(world.heard())
        .containsExactly(
            "CANCELLED: It was cancelled; nothing was done. If the user's phone still asks,"
                + " an answer there changes nothing.");
  }

  @Test
  void asksAgainWithinTwoMinutesWhileTheProviderCannotBeReached() {
    for (int request = 0; request < 8; request++) {
      world.provider.nextAsk(() -> new AuthenticationAnswer.NotSent("Connection refused"));
    }
    world.provider.approvesAfter(Duration.ofSeconds(10));
    assertThat(world.start().end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings()).hasSize(1);
  }

  @Test
  void givesUpAfterTwoMinutesWhenTheProviderCannotBeReached() {
    for (int request = 0; request < 30; request++) {
      world.provider.nextAsk(() -> new AuthenticationAnswer.Throttled(null));
    }
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.FAILED);
    assertThat(end.endedAt())
        .isBetween(end.requestedAt().plusSeconds(90), end.requestedAt().plusSeconds(125));
  }

  @Test
  void rejectsAUserWithoutDevice() {
    world.provider.nextAsk(() -> new AuthenticationAnswer.NoDevice("The user has no device"));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.reason())
        .isEqualTo(
            "You have no device on which you can be asked; enrol one with your identity provider,"
                + " then ask again. Nothing was done.");
    assertThat(end.code()).isEqualTo("user_does_not_have_push_notifications");
  }

  @Test
  void rejectsWithTheProvidersWords() {
    world.provider.nextAsk(
        () -> new AuthenticationAnswer.Refused(400, "unknown_user_id", "User ID is unknown"));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.reason()).contains("unknown_user_id").contains("User ID is unknown");
  }

  @Test
  void ordersNothingWhenWhatWasGrantedIsNotWhatWasAsked() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    world.provider.checksAs(new GrantCheck.Invalid("The scope product:buy was not granted"));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.reason()).contains("product:buy");
    assertThat(world.shop.requests()).isEmpty();
  }

  @Test
  void endsTheWaitAtARefusalOfThePoll() {
    world.provider.nextPoll(new TokenAnswer.Refused(400, "invalid_request", "Too fast"));
    PurchaseState end = world.start().end();
    assertThat(end.status()).isEqualTo(PurchaseStatus.REJECTED);
    assertThat(end.reason()).contains("invalid_request");
    assertThat(world.provider.polls()).hasSize(1);
  }

  @Test
  void isOrderedEvenIfWhoeverAskedIsGone() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    assertThat(world.start("c-gone").end().status()).isEqualTo(PurchaseStatus.ORDERED);
  }

  @Test
  void waitsThreeDaysForTheDecisionInFewEvents() {
    world.provider.requestsLive(Duration.ofDays(4));
    world.provider.wantsInterval(Duration.ofMinutes(10));
    world.provider.approvesAfter(Duration.ofDays(3));
    Running purchase = world.startHeard();
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.client().fetchHistory(purchase.id).getEvents()).hasSizeLessThan(60);
  }

  @Test
  void asksNobodyWhenTheNameCannotBeShown() {
    world.close();
    try (var strict = new PurchaseWorld(KEYCLOAK, ToolRules.Settings.NONE)) {
      assertThatThrownBy(() -> strict.start(new Purchase("日本語", 2, null), null))
          .isInstanceOf(CallNotDoneException.class)
          .hasMessage(
              "Nobody was asked, and nothing was done: product \"日本語\" can't be shown in the"
                  + " characters that the identity provider allows.");
      assertThat(strict.provider.requests()).isZero();
      assertThat(strict.shop.requests()).isEmpty();
    }
  }

  @Test
  void asksWithoutTheNameWhenTheDetailsCarryIt() {
    world.close();
    try (var strict = new PurchaseWorld(KEYCLOAK, (_, own) -> inDetails(own))) {
      strict.provider.approvesAfter(Duration.ofSeconds(10));
      Purchase purchase = new Purchase("日本語", 2, new BigDecimal("99.90"));
      assertThat(strict.start(purchase, null).end().status()).isEqualTo(PurchaseStatus.ORDERED);
      assertThat(strict.provider.rings())
          .singleElement()
          .satisfies(ring -> {
            assertThat(ring.bindingMessage()).isEqualTo("Buy_2_items_for_99.90");
            assertThat(ring.authorizationDetails())
                .isEqualTo(
                    "[{\"type\":\"purchase\",\"product\":\"日本語\",\"qty\":2,\"priceLimit\":\"99.90\","
                        + "\"currency\":\"EUR\"}]");
          });
      assertThat(strict.shop.orders())
          .containsExactly(new Order("日本語", 2, new BigDecimal("99.90")));
    }
  }

  private static ToolRules inDetails(ToolRules own) {
    return own.asking(
        "Buy {qty} items[ for {priceLimit}]",
        """
        [{"type": "purchase", "product": "{product}", "qty": "{qty}", "priceLimit": "{priceLimit}",
          "currency": "EUR"}]
        """);
  }

  @Test
  void asksWhomTheCallNamesAndHowStrongly() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    var approver =
        new Approver(
            new Approver.Hint.LoginToken(
                world.vault.forPurpose(Purpose.HINTS).seal("plain-hint-token", ALICE.sub())),
            "email",
            "alice@example.com",
            world.vault.forPurpose(Purpose.HINTS).seal("plain-user-code", ALICE.sub()));
    Running purchase = world.start(PurchaseWorld.HEADPHONES, approver);
    assertThat(purchase.end().status()).isEqualTo(PurchaseStatus.ORDERED);
    assertThat(world.provider.rings())
        .singleElement()
        .satisfies(ring -> {
          assertThat(ring.hint()).isEqualTo(new UserHint.LoginHintToken("plain-hint-token"));
          assertThat(ring.user()).isEqualTo(new ExpectedUser("email", "alice@example.com"));
          assertThat(ring.userCode()).isEqualTo(new UserCode("plain-user-code"));
          assertThat(ring.acrValues()).containsExactly("urn:example:strong");
        });
    String history = purchase.history();
    assertThat(history + decodedPayloads(history))
        .contains("alice@example.com")
        .doesNotContain("plain-hint-token", "plain-user-code");
  }

  @Test
  void saysByACodeThatTheUserIsBeingAsked() {
    world.provider.approvesAfter(Duration.ofMinutes(4));
    Running purchase = world.start();
    world.environment.sleep(Duration.ofMinutes(1));
    PurchaseState waiting = purchase.state();
    assertThat(waiting.status()).isEqualTo(PurchaseStatus.AWAITING_APPROVAL);
    assertThat(waiting.code()).isEqualTo("authorization_pending");
    assertThat(purchase.end().code()).isNull();
  }

  @Test
  void endsOfTheUsersHaveCodes() {
    world.provider.deniesAfter(Duration.ofSeconds(10));
    assertThat(world.start().end().code()).isEqualTo("access_denied");
    world.provider.deniesAfter(Duration.ofHours(1));
    assertThat(world.start().end().code()).isEqualTo("authorization_request_expired");
    Running cancelled = world.start();
    world.environment.sleep(Duration.ofSeconds(10));
    assertThat(cancelled.cancel().code()).isEqualTo("cancelled");
  }

  @Test
  void endsOfTheProvidersHaveCodesAndSentencesThatSayWhatToDo() {
    for (int request = 0; request < 2; request++) {
      world.provider.nextAsk(() -> new AuthenticationAnswer.Ambiguous("503"));
    }
    PurchaseState unavailable = world.start().end();
    assertThat(unavailable.code()).isEqualTo("provider_unavailable");
    assertThat(unavailable.reason())
        .startsWith("Your approval could not be obtained, because the identity provider")
        .endsWith("Nothing was done; please ask again later.");
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
    PurchaseState lost = world.start().end();
    assertThat(lost.code()).isEqualTo("invalid_grant");
    assertThat(lost.reason())
        .startsWith("The question was lost: ")
        .doesNotContain("approv")
        .endsWith("ask again.");
  }

  @Test
  void keepsEverySecretOutOfHistory() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    Running purchase = world.startHeard();
    purchase.end();
    String history = purchase.history();
    String everything = history + decodedPayloads(history);
    assertThat(everything)
        .contains("RunApproved", "headphones")
        .doesNotContain(FakeProvider.ACCESS_TOKEN, FakeProvider.AUTH_REQ_ID);
  }

  private static String decodedPayloads(String history) {
    return Pattern.compile("\"data\":\\s*\"([^\"]+)\"")
        .matcher(history)
        .results()
        .map(data -> new String(Base64.getDecoder().decode(data.group(1)), UTF_8))
        .collect(Collectors.joining("\n"));
  }
}
