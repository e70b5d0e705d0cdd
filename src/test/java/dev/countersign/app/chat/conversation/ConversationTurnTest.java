package dev.countersign.app.chat.conversation;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.PHONE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static dev.countersign.app.chat.model.ScriptedModel.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelTrouble;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.guard.CallStatus;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One message of the user's, and what comes of it. */
@Timeout(60)
class ConversationTurnTest {
  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  @Test
  void answersWithTheModelsWords() {
    bed.model.says("Hello Alice.");

    TurnAnswer answer = bed.begin("Hello");

    assertThat(answer.messages())
        .extracting(ChatMessage::id, ChatMessage::role, ChatMessage::text)
        .containsExactly(
            tuple(1, ChatRole.USER, "Hello"), tuple(2, ChatRole.ASSISTANT, "Hello Alice."));
    assertThat(answer.callIds()).isEmpty();
    assertThat(answer.conversationId()).startsWith(ALICES);
  }

  @Test
  void answersOnlyWithWhatIsNewInALaterTurn() {
    bed.model.says("Hello.");
    bed.model.says("Fine.");
    String conversation = bed.begin("Hello").conversationId();

    TurnAnswer answer = bed.goOn(conversation, "How are you?");

    assertThat(answer.messages()).extracting(ChatMessage::id).containsExactly(3, 4);
    assertThat(bed.messages(conversation))
        .extracting(ChatMessage::text)
        .containsExactly("Hello", "Hello.", "How are you?", "Fine.");
  }

  @Test
  void keepsTheTitleThatItsUserGivesItInTheRunsToCome() {
    bed.model.says("Hello.");
    bed.model.says("Fine.");
    String conversation = bed.startWith(ConversationMemory.none(), 1);
    bed.conversations().rename(ALICE, conversation, "Shopping");

    bed.goOn(conversation, "Hello"); // after which it continues as new
    bed.goOn(conversation, "How are you?");

    assertThat(bed.list(Duration.ofSeconds(10)).list(ALICE, null).conversations())
        .extracting(ConversationSummary::title)
        .containsExactly("Shopping");
  }

  @Test
  void startsThePurchaseBeforeItAnswers() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    String id = callId(answer.conversationId(), 1);
    assertThat(answer.callIds()).containsExactly(id);
    assertThat(bed.call(id).message()).isEqualTo("Do you want to buy 2 headphones");
    assertThat(bed.call(id).startedBy()).isEqualTo(answer.conversationId());
    assertThat(toolResults()).singleElement().asString().startsWith("Approval requested");
  }

  @Test
  void beginsNothingThatCannotBeAskedForAndSaysSoItselfIfTheModelDoesNot() {
    bed.model.calls(
        new InvalidCall(
            "a", "shop_online", "{}", "Nobody was asked", "1 茶: It can't be shown.", true),
        buy("b", HEADPHONES));
    bed.model.fails();
    bed.model.says("Yes.");

    TurnAnswer answer = bed.begin("Buy 1 茶 and 2 headphones");
    bed.goOn(answer.conversationId(), "Are you there?");

    assertThat(answer.callIds()).hasSize(1);
    assertThat(bed.model.calls().get(1).transcript())
        .filteredOn(ToolReturned.class::isInstance)
        .extracting(entry -> ((ToolReturned) entry).result())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("Nobody was asked"),
            second -> assertThat(second).startsWith("Approval requested"));
    assertThat(bed.messages(answer.conversationId()))
        .extracting(ChatMessage::text)
        .containsExactly(
            "Buy 1 茶 and 2 headphones",
            "1 茶: It can't be shown. Your approval is needed: \"Do you want to buy 2 headphones\". Nothing else was started: the model can't be reached any more.",
            "Are you there?",
            "Yes.");
  }

  @Test
  void waitsForNothingBetweenThePurchasesStartAndTheModelsWords() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");

    String conversation = bed.begin("Buy 2 headphones").conversationId();

    assertThat(bed.client().fetchHistory(conversation).getEvents())
        .extracting(HistoryEvent::getEventType)
        .doesNotContain(EventType.EVENT_TYPE_TIMER_STARTED);
  }

  @Test
  void startsEveryPurchaseThatTheModelAskedForAtOnce() {
    bed.model.buys(HEADPHONES, PHONE);
    bed.model.says("Please look at your phone twice.");

    TurnAnswer answer = bed.begin("Buy 2 headphones and an XYZ phone");

    String conversation = answer.conversationId();
    assertThat(answer.callIds()).containsExactly(callId(conversation, 1), callId(conversation, 2));
    assertThat(bed.call(callId(conversation, 2)).message())
        .isEqualTo("Do you want to buy 1 XYZ phone");
  }

  @Test
  void startsTwoPurchasesWhenTheSameIsAskedForTwice() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone again.");

    String conversation = bed.begin("Buy 2 headphones").conversationId();
    TurnAnswer second = bed.goOn(conversation, "Buy 2 headphones");

    assertThat(second.callIds()).containsExactly(callId(conversation, 2));
    assertThat(bed.conversations().state(ALICE, conversation).callIds())
        .containsExactly(callId(conversation, 1), callId(conversation, 2));
  }

  @Test
  void saysThatNothingWasStartedWhenTheModelFailsBeforeItsToolCall() {
    bed.model.fails();

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    assertThat(answer.messages().getLast().text())
        .isEqualTo("The model can't be reached; nothing was started, please send it again.");
    assertThat(answer.callIds()).isEmpty();
  }

  @Test
  void saysWhatWasStartedWhenTheModelFailsAfterItsToolCall() {
    bed.model.buys(HEADPHONES);
    bed.model.fails();

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    assertThat(answer.messages().getLast().text())
        .isEqualTo(
            "Your approval is needed: \"Do you want to buy 2 headphones\". Nothing else was started:"
                + " the model can't be reached any more.");
    assertThat(answer.callIds()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NOT_SET_UP | operator must check the model's API key, name and address. Nothing was started.
          NO_QUOTA   | account at the model's provider is used up
          TOO_LONG   | too long for the model; nothing was started
          REFUSED    | refused to answer that; nothing was started
          AWAY       | can't be reached; nothing was started
          BUDGET_SPENT | used up what the assistant may read and write for you in 24 hours; nothing was started.
          BUDGET_TAKEN | messages are being answered, which may use up what is left
          """)
  void saysWhyTheModelGaveUp(ModelTrouble trouble, String sentence) {
    bed.model.fails(trouble);

    assertThat(bed.begin("Buy 2 headphones").messages().getLast().text()).contains(sentence);
    assertThat(bed.model.calls()).hasSize(1);
  }

  @Test
  void saysWhenItGoesOnWhereTheBudgetIsUsedUp() {
    bed.model.isUsedUp(bed.now().plus(Duration.ofHours(5)));

    assertThat(bed.begin("Buy 2 headphones").messages().getLast().text())
        .matches(
            "You have used up what the assistant may read and write for you in 24 hours; nothing was"
                + " started\\. It goes on in 5 hours \\(at \\d\\d:\\d\\d UTC\\)\\.");
  }

  @Test
  void saysWhatWasDoneBeforeTheBudgetWasUsedUp() {
    bed.model.buys(HEADPHONES);
    bed.model.isUsedUp(bed.now().plus(Duration.ofMinutes(20)));

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    assertThat(answer.messages().getLast().text())
        .startsWith(
            "Your approval is needed: \"Do you want to buy 2 headphones\". Nothing else was started:"
                + " you have used up what the assistant may read and write for you in 24 hours. It"
                + " goes on in ")
        .matches("(?s).* in (19|20) minutes \\(at \\d\\d:\\d\\d UTC\\)\\.");
    bed.model.isUsedUp(bed.now());
    bed.ends(answer.callIds().getFirst(), CallStatus.DONE, "o-1");
    assertThat(bed.messages(answer.conversationId(), 3).getLast().text())
        .isEqualTo("DONE said by the status itself");
  }

  @Test
  void dropsTheOldestTurnsWholeWhenTheModelFindsThemTooLong() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    String conversation = bed.begin("Buy 2 headphones " + "x".repeat(500)).conversationId();
    bed.model.says("Short.");
    bed.goOn(conversation, "Hello");
    bed.model.fails(ModelTrouble.TOO_LONG);
    bed.model.says("Still here.");
    bed.model.says("And here.");

    TurnAnswer answer = bed.goOn(conversation, "Are you there?");
    bed.goOn(conversation, "Still?");

    assertThat(answer.messages().getLast().text()).isEqualTo("Still here.");
    List<ModelCall> calls = bed.model.calls();
    assertThat(calls.get(3).transcript()).hasSize(7);
    assertThat(calls.get(4).transcript())
        .isEqualTo(calls.get(3).transcript().subList(4, 7)); // the turn with its tool call is gone
    assertThat(calls.get(5).transcript()).as("stays within what the model took").hasSize(5);
    assertThat(bed.messages(conversation)).hasSize(8);
  }

  @Test
  void asksTheModelAgainWhenItWasAwayForAMoment() {
    bed.model.failsOnce();
    bed.model.says("Here I am.");

    assertThat(bed.begin("Hello").messages().getLast().text()).isEqualTo("Here I am.");
  }

  @Test
  void givesUpWhenTheModelIsAwayForLong() {
    for (int i = 0; i < 500; i++) {
      bed.model.failsOnce();
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var turn = CompletableFuture.supplyAsync(() -> bed.begin("Hello"), threads);
      await().atMost(Duration.ofSeconds(20)).until(() -> !bed.model.calls().isEmpty());

      bed.sleep(Duration.ofMinutes(46)); // virtual

      assertThat(turn.join().messages().getLast().text()).contains("nothing was started");
    }
    assertThat(bed.model.calls()).hasSizeGreaterThan(100);
  }

  @Test
  void saysFirstThatNothingWasStartedWhereTheModelClaimsOtherwise() {
    bed.model.says("Great news: your 2 lamps are ordered.");

    assertThat(bed.begin("Buy 2 lamps").messages().getLast().text())
        .startsWith("(Nothing new was started, done or cancelled in this answer.)");
  }

  @Test
  void leavesOutThatItIsOrderedWhereThePhoneIsOnlyAsked() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Your headphones are ordered. Anything else?");

    assertThat(bed.begin("Buy 2 headphones").messages().getLast().text())
        .isEqualTo(ConversationTestBed.asked("Anything else?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          Nobody was asked.    | true  | It can't be.\\n\\nPlease look.
          It can't be.         | false | Please look.
          It can't be.         | null  | It can't be.\\n\\nPlease look.
          Nobody was asked.    | null  | Please look.
          """)
  void saysWhatTheModelCannotMendBeforeItsWords(
      String problem, @Nullable Boolean forGood, String said) {
    bed.model.calls(new InvalidCall("a", "shop_online", "{}", problem, "It can't be.", forGood));
    bed.model.says("Please look.");

    assertThat(bed.begin("Buy").messages().getLast().text()).isEqualTo(said.replace("\\n", "\n"));
  }

  @Test
  void doesNotHoldAMendedCallAgainstTheModel() {
    bed.model.calls(
        new InvalidCall("a", "shop_online", "{}", "qty is missing", "qty is missing.", false));
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look.");

    assertThat(bed.begin("Buy 2 headphones").messages().getLast().text())
        .isEqualTo(ConversationTestBed.asked("Please look."));
  }

  @Test
  void tellsTheModelWhatWasWrongWithItsCall() {
    bed.model.callsWrongly("qty must be a whole number from 1 to 1,000.");
    bed.model.says("How many?");

    TurnAnswer answer = bed.begin("Buy 0 headphones");

    assertThat(toolResults()).containsExactly("qty must be a whole number from 1 to 1,000.");
    assertThat(answer.messages().getLast().text()).isEqualTo("How many?");
    assertThat(answer.callIds()).isEmpty();
  }

  @Test
  void saysHonestlyWhenTheModelCallsWronglyTenTimes() {
    for (int i = 0; i < 12; i++) {
      bed.model.callsWrongly("No.");
    }

    TurnAnswer answer = bed.begin("Buy");

    assertThat(answer.messages().getLast().text()).contains("nothing was started");
    assertThat(bed.model.calls()).hasSize(10);
  }

  @Test
  void givesTheSameAnswerToTheSameKey() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    var key = new IdempotencyKey("one and only");

    TurnAnswer first =
        bed.conversations().begin(ALICE, ConversationTestBed.turn("Buy 2 headphones", key));
    TurnAnswer again =
        bed.conversations().begin(ALICE, ConversationTestBed.turn("Buy 2 headphones", key));

    assertThat(again).isEqualTo(first);
    assertThat(bed.model.calls()).hasSize(2);
  }

  @Test
  void refusesATurnWhoseConversationWasFilledWhileItWaited() {
    var latch = new CountDownLatch(1);
    bed.model.says("Hello.");
    bed.model.holds(latch, "x".repeat(600_000));
    String conversation = bed.begin("Hello").conversationId();
    CompletableFuture<TurnAnswer> filling;
    CompletableFuture<TurnAnswer> waiting;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      filling = turn(conversation, threads);
      await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 2);
      waiting = turn(conversation, threads);
      await().atMost(Duration.ofSeconds(20)).until(() -> bed.acceptedTurns(conversation) == 3);
      latch.countDown();
    }

    assertThat(filling).isCompleted();
    assertThat(waiting.exceptionNow()).isInstanceOf(ConversationFullException.class);
    assertThat(bed.messages(conversation)).hasSize(4);
    assertThat(bed.model.calls()).hasSize(2);
  }

  @Test
  void takesAtMostNineTurnsAtOnce() {
    var latch = new CountDownLatch(1);
    bed.model.says("Hello.");
    bed.model.holds(latch, "At last.");
    String conversation = bed.begin("Hello").conversationId();
    List<CompletableFuture<TurnAnswer>> turns = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      turns.add(turn(conversation, threads));
      await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 2);
      for (int i = 0; i < 9; i++) {
        turns.add(turn(conversation, threads));
      }

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> turns.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
      assertThatThrownBy(() -> bed.goOnAndLeave(conversation, "Quickly"))
          .isInstanceOf(TooManyTurnsException.class);
      latch.countDown();
    }

    assertThat(turns.stream().filter(CompletableFuture::isCompletedExceptionally))
        .singleElement()
        .satisfies(refused ->
            assertThat(refused.exceptionNow()).isInstanceOf(TooManyTurnsException.class));
    assertThat(
            bed.meters
                .get("countersign.limits.hit")
                .tag("limit", "turns_of_conversation")
                .counter()
                .count())
        .isEqualTo(2);
  }

  private CompletableFuture<TurnAnswer> turn(String conversation, Executor threads) {
    return CompletableFuture.supplyAsync(() -> bed.goOn(conversation, "And now?"), threads);
  }

  @Test
  void takesNoTurnWhenTheConversationIsFull() {
    String conversation = bed.startWith(ConversationTestBed.fullMemory(), 1_000);

    assertThatThrownBy(() -> bed.goOn(conversation, "One more"))
        .isInstanceOf(ConversationFullException.class);
    assertThatThrownBy(() -> bed.goOnAndLeave(conversation, "One more"))
        .isInstanceOf(ConversationFullException.class);
    assertThat(bed.messages(conversation)).hasSize(500);
  }

  @Test
  void standsForItsUserAsItsCallsDo() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    String alice = ToolFixtures.USERS.of(ALICE.sub());
    assertThat(answer.conversationId()).startsWith(ALICES);
    assertThat(List.of(answer.conversationId(), answer.callIds().getFirst()))
        .extracting(bed::userId)
        .containsExactly(alice, alice);
  }

  @Test
  void findsNoConversationOfAnotherUser() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    var bob = new Caller("auth0|bob");

    assertThatThrownBy(() -> bed.conversations().state(bob, conversation))
        .isInstanceOf(ConversationNotFoundException.class);
    assertThatThrownBy(() ->
            bed.conversations()
                .goOn(bob, conversation, ConversationTestBed.turn("Hi", IdempotencyKey.random())))
        .isInstanceOf(ConversationNotFoundException.class);
  }

  @Test
  void findsNoConversationThatNeverBeganOrIsAPurchase() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    String purchase = bed.begin("Buy 2 headphones").callIds().getFirst();
    String unknown = ALICES + IdempotencyKey.random().digest();

    for (String id : List.of(purchase, unknown, ALICES, "")) {
      assertThatThrownBy(() -> bed.conversations().state(ALICE, id))
          .isInstanceOf(ConversationNotFoundException.class);
      assertThatThrownBy(() -> bed.goOn(id, "Hi"))
          .isInstanceOf(ConversationNotFoundException.class);
    }
  }

  @Test
  void findsNoConversationThatHasEnded() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    bed.client().newUntypedWorkflowStub(conversation).terminate("by the test");

    assertThatThrownBy(() -> bed.goOn(conversation, "Hi"))
        .isInstanceOf(ConversationNotFoundException.class);
  }

  @Test
  void beginsNothingAgainByTheKeyOfAConversationThatHasEnded() {
    bed.model.says("Hello.");
    var key = new IdempotencyKey("first");
    TurnAnswer first = bed.conversations().begin(ALICE, ConversationTestBed.turn("Hello", key));
    bed.client().newUntypedWorkflowStub(first.conversationId()).terminate("by the test");

    try { // a server may still know the answer
      assertThat(bed.conversations().begin(ALICE, ConversationTestBed.turn("Hello", key)))
          .isEqualTo(first);
    } catch (ConversationNotFoundException e) {
      assertThat(e.getStatusCode().value()).isEqualTo(404);
    }
    assertThat(bed.model.calls()).hasSize(1);
  }

  @Test
  void findsNoConversationThatEndsWhileTheTurnRuns() {
    var latch = new CountDownLatch(1);
    bed.model.says("Hello.");
    bed.model.holds(latch, "Too late.");
    String conversation = bed.begin("Hello").conversationId();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<TurnAnswer> turn = turn(conversation, threads);
      await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 2);

      bed.client().newUntypedWorkflowStub(conversation).terminate("by the test");

      assertThatThrownBy(turn::join).hasCauseInstanceOf(ConversationNotFoundException.class);
      latch.countDown();
    }
  }

  private List<String> toolResults() {
    return bed.model.calls().getLast().transcript().stream()
        .filter(ToolReturned.class::isInstance)
        .map(entry -> ((ToolReturned) entry).result())
        .toList();
  }
}
