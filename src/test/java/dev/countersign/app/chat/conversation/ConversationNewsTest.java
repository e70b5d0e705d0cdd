package dev.countersign.app.chat.conversation;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.asked;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static dev.countersign.app.chat.conversation.ConversationTestBed.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallStatus;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a conversation tells of its purchases without being asked, in this run and in the next. */
@Timeout(60)
class ConversationNewsTest {
  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  @Test
  void tellsTheOutcomeWithoutBeingAsked() {
    String conversation = askForHeadphones();
    bed.model.says("Your 2 headphones are ordered.");

    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");

    ChatMessage told = bed.messages(conversation, 3).getLast();
    assertThat(told.text()).isEqualTo(told(CallStatus.DONE, "Your 2 headphones are ordered."));
    assertThat(told.role()).isEqualTo(ChatRole.ASSISTANT);
    assertThat(told.callId()).isEqualTo(callId(conversation, 1));
  }

  @Test
  void givesTheModelTheOutcomeAsAToolCallAndItsResultAndNoTools() {
    String conversation = askForHeadphones();
    bed.model.says("You denied it.");

    bed.ends(callId(conversation, 1), CallStatus.DENIED, "The user has denied the request");

    bed.messages(conversation, 3);
    ModelCall call = bed.model.calls().getLast();
    assertThat(call.asker()).isNull();
    List<Entry> pair = call.transcript().subList(4, 6);
    assertThat(pair.getFirst()).isInstanceOf(ToolsCalled.class);
    assertThat(pair.getLast())
        .isEqualTo(new ToolReturned("outcome-1", "shop_online", "The user has denied the request"));
  }

  @Test
  void tellsTheOutcomeOnceWhenThePurchaseSaysItTwice() {
    String conversation = askForHeadphones();
    bed.model.says("Your 2 headphones are ordered.");
    bed.model.says("Still here.");

    bed.fate(callId(conversation, 1)).end(CallStatus.DONE, "Created", "Ordered.", 2);

    bed.messages(conversation, 3);
    bed.awaitEnd(callId(conversation, 1));
    bed.goOn(conversation, "Are you there?");
    assertThat(bed.messages(conversation))
        .extracting(ChatMessage::text)
        .endsWith(
            "\"Do you want to buy 2 headphones\": Ordered.\n\nYour 2 headphones are ordered.",
            "Are you there?",
            "Still here.");
  }

  @Test
  void tellsOnceThatAnUnknownOutcomeHasBecomeClear() {
    String conversation = askForHeadphones();
    bed.model.says("It is unknown whether they are there.");
    bed.model.says("They are ordered after all.");
    bed.ends(callId(conversation, 1), CallStatus.OUTCOME_UNKNOWN, "unknown");
    bed.messages(conversation, 3);
    var settled =
        new CallEnded(
            callId(conversation, 1),
            "shop_online",
            "{}",
            "Do you want to buy 2 headphones",
            CallStatus.DONE,
            "clear",
            "Clear.",
            true);

    for (int delivery = 0; delivery < 2; delivery++) {
      bed.client().newUntypedWorkflowStub(conversation).signal("callEnded", settled);
    }

    bed.messages(conversation, 4);
    bed.model.says("Still here.");
    bed.goOn(conversation, "Are you there?");
    assertThat(bed.messages(conversation))
        .extracting(ChatMessage::text)
        .endsWith(
            told(CallStatus.OUTCOME_UNKNOWN, "It is unknown whether they are there."),
            "\"Do you want to buy 2 headphones\": Clear.\n\nThey are ordered after all.",
            "Are you there?",
            "Still here.");
    assertThat(bed.model.calls().getLast().transcript())
        .contains(
            new ToolReturned("outcome-1", "shop_online", "unknown"),
            new ToolReturned("settled-1", "shop_online", "clear"));
  }

  @Test
  void tellsTheStatussOwnSentenceWhenTheModelFails() {
    String conversation = askForHeadphones();
    bed.model.fails();

    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");

    assertThat(bed.messages(conversation, 3).getLast().text())
        .isEqualTo("DONE said by the status itself");
  }

  @Test
  void tellsTheStatussOwnSentenceWhenTheModelIsAwayForLong() {
    String conversation = askForHeadphones();
    for (int i = 0; i < 500; i++) {
      bed.model.failsOnce();
    }

    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() > 2);
    bed.sleep(Duration.ofMinutes(46)); // virtual

    assertThat(bed.messages(conversation, 3).getLast().text())
        .isEqualTo("DONE said by the status itself");
    assertThat(bed.model.calls()).hasSizeGreaterThan(100);
  }

  @Test
  void tellsTheStatussOwnSentenceWhenTheModelCallsAToolInstead() {
    String conversation = askForHeadphones();
    bed.model.buys(HEADPHONES);

    bed.ends(callId(conversation, 1), CallStatus.EXPIRED, "No approval arrived in time");

    assertThat(bed.messages(conversation, 3).getLast().text())
        .isEqualTo("\"Do you want to buy 2 headphones\": EXPIRED said by the status itself");
    assertThat(bed.conversations().state(ALICE, conversation).callIds()).hasSize(1);
  }

  @Test
  void tellsOnceThatAPurchaseWasStoppedFromOutside() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    TurnAnswer turn = bed.begin("Buy 2 headphones");
    String purchase = turn.callIds().getFirst();
    bed.model.fails();

    bed.fate(purchase).fail(); // the test server tells no parent of a terminated child

    ChatMessage told = bed.messages(turn.conversationId(), 3).getLast();
    assertThat(told.text())
        .isEqualTo(
            "\"Do you want to buy 2 headphones\" was stopped from outside. It may have been done"
                + " before; please look at its status before you ask again.");
    assertThat(told.callId()).isEqualTo(purchase);
    bed.model.says("Hello.");
    assertThat(bed.goOn(turn.conversationId(), "Hello").messages().getFirst().id()).isEqualTo(4);
  }

  @Test
  void passesANoticeOnWithoutTheModel() {
    String conversation = askForHeadphones();
    int calls = bed.model.calls().size();

    bed.fate(callId(conversation, 1))
        .notice("The question was lost; your phone will be asked once more.");

    ChatMessage told = bed.messages(conversation, 3).getLast();
    assertThat(told.text()).isEqualTo("The question was lost; your phone will be asked once more.");
    assertThat(told.callId()).isEqualTo(callId(conversation, 1));
    assertThat(bed.model.calls()).hasSize(calls);
  }

  @Test
  void tellsTheOutcomeAfterTheTurnThatRunsWhenItArrives() {
    String conversation = askForHeadphones();
    var latch = new CountDownLatch(1);
    CompletableFuture<TurnAnswer> turn = askWhileTheModelIsHeld(conversation, latch);

    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");
    bed.awaitEnd(callId(conversation, 1));
    latch.countDown();

    assertThat(turn.join().messages())
        .extracting(ChatMessage::text)
        .containsExactly("How is the weather?", "It is sunny.");
    assertThat(bed.messages(conversation, 5).getLast().text())
        .isEqualTo(told(CallStatus.DONE, "Your 2 headphones are ordered."));
  }

  @Test
  void givesTheSameAnswerToTheSameKeyInTheNextRun() {
    String conversation = bed.startWith(ConversationMemory.none(), 1);
    var key = new IdempotencyKey("one and only");
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    TurnAnswer first =
        bed.conversations()
            .goOn(ALICE, conversation, ConversationTestBed.turn("Buy 2 headphones", key));
    awaitRun(conversation, 2);

    TurnAnswer again =
        bed.conversations()
            .goOn(ALICE, conversation, ConversationTestBed.turn("Buy 2 headphones", key));

    assertThat(again).isEqualTo(first);
    assertThat(bed.model.calls()).hasSize(2);
    assertThat(bed.conversations().state(ALICE, conversation).callIds()).hasSize(1);
  }

  @Test
  void tellsInTheNextRunWhatWasPendingInThisOne() {
    String conversation = bed.startWith(ConversationMemory.none(), 1);
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.goOn(conversation, "Buy 2 headphones");
    awaitRun(conversation, 2);
    bed.model.says("Your 2 headphones are ordered.");

    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");

    assertThat(bed.messages(conversation, 3))
        .extracting(ChatMessage::text)
        .containsExactly(
            "Buy 2 headphones",
            asked("Please look at your phone."),
            told(CallStatus.DONE, "Your 2 headphones are ordered."));
  }

  @Test
  void losesNothingOverManyRuns() {
    String conversation = bed.startWith(ConversationMemory.none(), 2);
    List<String> said = new ArrayList<>();
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.goOn(conversation, "Buy 2 headphones");
    said.addAll(List.of("Buy 2 headphones", asked("Please look at your phone.")));
    Instant startedAt = bed.messages(conversation).getFirst().at();
    var key = new IdempotencyKey("early");
    bed.model.says("Early.");
    TurnRequest early = ConversationTestBed.turn("Early?", key);
    TurnAnswer answer = bed.conversations().goOn(ALICE, conversation, early);
    said.addAll(List.of("Early?", "Early."));
    var latch = new CountDownLatch(1);
    bed.model.holds(latch, "Held.");
    for (int i = 0; i < 5; i++) {
      bed.model.says("Answer");
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // one is in flight and others wait for it: more than a run takes
      List<CompletableFuture<TurnAnswer>> turns =
          IntStream.range(0, 6)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(() -> bed.goOn(conversation, "Question"), threads))
              .toList();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 4);
      latch.countDown();
      assertThat(turns)
          .allSatisfy(turn ->
              assertThat(turn.join().messages())
                  .extracting(ChatMessage::role)
                  .containsExactly(ChatRole.USER, ChatRole.ASSISTANT));
    }
    said.addAll(List.of("Question", "Held."));
    for (int i = 0; i < 5; i++) {
      said.addAll(List.of("Question", "Answer"));
    }

    assertThat(bed.conversations().goOn(ALICE, conversation, early)).isEqualTo(answer);
    bed.model.says("Your 2 headphones are ordered.");
    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");
    said.add(told(CallStatus.DONE, "Your 2 headphones are ordered."));

    assertThat(bed.messages(conversation, said.size()))
        .extracting(ChatMessage::text)
        .containsExactlyElementsOf(said);
    assertThat(bed.messages(conversation))
        .extracting(ChatMessage::id)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, said.size()).boxed().toList());
    assertThat(bed.conversations().state(ALICE, conversation).callIds())
        .containsExactly(callId(conversation, 1));
    ConversationSummary summary =
        new OpenConversations(bed.client()).summary(conversation).orElseThrow();
    assertThat(summary.title()).isEqualTo("Buy 2 headphones");
    assertThat(summary.startedAt()).isEqualTo(startedAt);
    assertThat(Objects.requireNonNull(summary.lastMessage()).text())
        .contains("DONE said by the status itself", "Your 2 headphones are ordered.")
        .doesNotContain("\n");
    assertThat(runsOf(conversation)).isGreaterThan(1);
  }

  @Test
  void isToldBySignalOnlyWhatTheRunThatStartedItCantBeReturned() {
    String first = askForHeadphones();
    bed.model.says("Your 2 headphones are ordered.");
    bed.ends(callId(first, 1), CallStatus.DONE, "Created");
    bed.messages(first, 3);
    String second = bed.startWith(ConversationMemory.none(), 1);
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.goOn(second, "Buy 2 headphones");
    awaitRun(second, 2);
    bed.model.says("Your 2 headphones are ordered.");
    bed.ends(callId(second, 1), CallStatus.DONE, "Created");
    bed.messages(second, 3);

    assertThat(signals(first)).isEmpty();
    assertThat(signals(second)).containsExactly("callEnded");
    assertThat(signals(callId(second, 1))).contains("reportEnd");
  }

  private List<String> signals(String workflow) {
    return bed.client().fetchHistory(workflow).getEvents().stream()
        .filter(HistoryEvent::hasWorkflowExecutionSignaledEventAttributes)
        .map(event -> event.getWorkflowExecutionSignaledEventAttributes().getSignalName())
        .toList();
  }

  @Test
  void countsPurchasesOnInTheNextRun() {
    String conversation = bed.startWith(ConversationMemory.none(), 1);
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.goOn(conversation, "Buy 2 headphones");
    awaitRun(conversation, 2);
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone again.");

    TurnAnswer second = bed.goOn(conversation, "Buy 2 more");

    assertThat(second.callIds()).containsExactly(callId(conversation, 2));
  }

  @Test
  void tellsInTheNextRunWhatWasHeardButNotToldInThisOne() {
    String conversation = bed.startWith(ConversationMemory.none(), 2);
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    bed.goOn(conversation, "Buy 2 headphones");
    var latch = new CountDownLatch(1);
    CompletableFuture<TurnAnswer> turn = askWhileTheModelIsHeld(conversation, latch);
    bed.ends(callId(conversation, 1), CallStatus.DONE, "Created");
    bed.awaitEnd(callId(conversation, 1));

    latch.countDown();

    assertThat(bed.messages(conversation, 5).getLast().text())
        .isEqualTo(told(CallStatus.DONE, "Your 2 headphones are ordered."));
    assertThat(turn.join().messages()).hasSize(2);
    WorkflowExecutionHistory second = bed.client().fetchHistory(conversation);
    WorkflowExecutionHistory first =
        bed.client()
            .fetchHistory(
                conversation,
                second
                    .getEvents()
                    .getFirst()
                    .getWorkflowExecutionStartedEventAttributes()
                    .getContinuedExecutionRunId());
    assertThat(first.getLastEvent().getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
    assertThat(modelCalls(first)).as("for the two turns").isEqualTo(3);
    assertThat(modelCalls(second)).as("for the news").isEqualTo(1);
  }

  private static long modelCalls(WorkflowExecutionHistory history) {
    return history.getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .count();
  }

  private void awaitRun(String conversation, int number) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> runsOf(conversation) >= number);
  }

  private int runsOf(String conversation) {
    var first = bed.client().fetchHistory(conversation).getEvents().getFirst();
    return first.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId().isEmpty()
        ? 1
        : 2;
  }

  /** A turn that goes on until the latch opens; the news of the order is told after it. */
  private CompletableFuture<TurnAnswer> askWhileTheModelIsHeld(
      String conversation, CountDownLatch latch) {
    bed.model.holds(latch, "It is sunny.");
    bed.model.says("Your 2 headphones are ordered.");
    CompletableFuture<TurnAnswer> turn =
        CompletableFuture.supplyAsync(() -> bed.goOn(conversation, "How is the weather?"));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bed.model.calls().size() == 3);
    return turn;
  }

  private String askForHeadphones() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    return bed.begin("Buy 2 headphones").conversationId();
  }
}
