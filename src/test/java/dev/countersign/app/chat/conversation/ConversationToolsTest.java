package dev.countersign.app.chat.conversation;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.PHONE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.asked;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static dev.countersign.app.chat.conversation.ConversationTestBed.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.model.ScriptedModel;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.countersign.client.WorkflowPages.Found;
import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.CoveredBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the model looks at the user's purchases and takes them back. */
@Timeout(60)
class ConversationToolsTest {
  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  @Test
  void givesTheModelTheOutcomeOfWhatNeedsNoApprovalInTheSameTurn() throws Exception {
    CompletableFuture<TurnAnswer> turn = beginWithoutApproval();
    bed.model.says("They are ordered.");
    String call = awaitCall();

    bed.ends(call, CallStatus.DONE, "Created");

    TurnAnswer answer = turn.get(20, TimeUnit.SECONDS);
    assertThat(answer.messages())
        .extracting(ChatMessage::text)
        .containsExactly("Buy 2 headphones", told(CallStatus.DONE, "They are ordered."));
    assertThat(lastToolResult()).isEqualTo("Created");
    bed.model.says("Still here.");
    assertThat(bed.goOn(answer.conversationId(), "Hello").messages().getFirst().id())
        .as("nothing was told beside")
        .isEqualTo(3);
  }

  @Test
  void goesOnWithoutTheOutcomeOfWhatTakesLongAndTellsItLater() throws Exception {
    CompletableFuture<TurnAnswer> turn = beginWithoutApproval();
    bed.model.says("It is being done.");
    String call = awaitCall();

    bed.sleep(Duration.ofSeconds(21)); // virtual

    String conversation = turn.get(20, TimeUnit.SECONDS).conversationId();
    assertThat(lastToolResult()).contains("is being done right now");
    bed.model.says("They are ordered.");
    bed.ends(call, CallStatus.DONE, "Created");
    assertThat(bed.messages(conversation, 3).getLast().text())
        .isEqualTo(told(CallStatus.DONE, "They are ordered."));
  }

  @Test
  void tellsItselfWhatCameOfItWhenTheModelFailsAfterwards() throws Exception {
    CompletableFuture<TurnAnswer> turn = beginWithoutApproval();
    bed.model.fails();
    String call = awaitCall();

    bed.ends(call, CallStatus.REJECTED, "Refused");

    assertThat(turn.get(20, TimeUnit.SECONDS).messages().getLast().text())
        .isEqualTo(
            "\"Do you want to buy 2 headphones\": REJECTED said by the status itself Nothing else was started: the model can't be"
                + " reached any more.");
  }

  @Test
  void goesOnWithoutTheOutcomeOfWhatAnEarlierApprovalCovers() throws Exception {
    CompletableFuture<TurnAnswer> turn = beginCovered();
    bed.model.fails();
    awaitCall();

    bed.sleep(Duration.ofSeconds(21)); // virtual

    assertThat(turn.get(20, TimeUnit.SECONDS).messages().getLast().text())
        .isEqualTo(
            "I have begun \"Do you want to buy 2 headphones\", which your earlier approval covers. Nothing else was started: the model can't be reached any more.");
    assertThat(lastToolResult())
        .startsWith(
            "\"Do you want to buy 2 headphones\" is covered by the user's approval of 2026-01-02"
                + " 10:04 UTC and is being done right now.");
  }

  /** What covered it has ended meanwhile. */
  @Test
  void saysThatThePhoneAsksAfterAll() throws Exception {
    CompletableFuture<TurnAnswer> turn = beginCovered();
    bed.model.says("Please look at your phone.");
    String call = awaitCall();

    bed.fate(call).notice("Your earlier approval doesn't cover this any more.");

    assertThat(turn.get(20, TimeUnit.SECONDS).messages().getLast().text())
        .isEqualTo(asked("Please look at your phone."));
    assertThat(lastToolResult()).startsWith("Approval requested");
  }

  private CompletableFuture<TurnAnswer> beginCovered() {
    Instant approvedAt = Instant.parse("2026-01-02T10:04:05Z");
    bed.model.isCovered(new CoveredBy("shop_online-0-0", approvedAt, approvedAt.plusSeconds(900)));
    bed.model.buys(HEADPHONES);
    return CompletableFuture.supplyAsync(() -> bed.begin("Buy 2 headphones"));
  }

  private CompletableFuture<TurnAnswer> beginWithoutApproval() {
    bed.policies.add(_ -> ApprovalPolicy.Ruling.notNeeded());
    bed.model.buys(HEADPHONES);
    return CompletableFuture.supplyAsync(() -> bed.begin("Buy 2 headphones"));
  }

  private String lastToolResult() {
    return ((ToolReturned) bed.model.calls().getLast().transcript().getLast()).result();
  }

  /** The first call of the only conversation, as soon as it is there. */
  private String awaitCall() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              Asker asker = bed.model.calls().getFirst().asker();
              String id = callId(Objects.requireNonNull(asker).conversationId(), 1);
              bed.client().newUntypedWorkflowStub(id).describe();
              return id;
            },
            Objects::nonNull);
  }

  @Test
  void listsAPurchaseOfTheSameReplyWhileTemporalsListIsBehind() {
    bed.workflows.isBehind = true;
    bed.model.calls(ScriptedModel.buy("a", HEADPHONES), new ListCall("b", null));
    bed.model.says("Please look at your phone.");

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    assertThat(results()).hasSize(2);
    assertThat(results().getFirst()).startsWith("Approval requested");
    JsonNode listed = listed(results().getLast());
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0).path("request").asText())
        .isEqualTo(ToolFixtures.reference(answer.callIds().getFirst()))
        .matches("R-[0-9A-F]{8}");
    assertThat(listed.path(0).path("tool").asText()).isEqualTo("shop_online");
    assertThat(listed.path(0).path("asked").asText()).isEqualTo("Do you want to buy 2 headphones");
    assertThat(listed.at("/0/arguments/product").asText()).isEqualTo("headphones");
    assertThat(listed.at("/0/arguments/qty").asInt()).isEqualTo(2);
    assertThat(listed.path(0).path("status").asText()).isEqualTo("AWAITING_APPROVAL");
    assertThat(listed.path(0).path("askedAt").asText()).endsWith("Z");
  }

  @Test
  void listsByStatusWhatStandsSoNowInAnyConversationOfTheUsers() {
    String pending = buy(null).callIds().getFirst();
    String denied = buy(null).callIds().getFirst();
    end(denied, CallStatus.DENIED);

    assertThat(listedInANewConversation("pending").findValuesAsText("request"))
        .containsExactly(ToolFixtures.reference(pending));
    assertThat(bed.workflows.queries.getLast())
        .isEqualTo(
            "WorkflowType = 'GuardedCall' AND UserId = '"
                + ToolFixtures.USERS.of(ALICE.sub())
                + "' AND ApprovalStatus IN ('AWAITING_APPROVAL', 'REQUESTED', 'RUNNING')");
    assertThat(listedInANewConversation("DENIED"))
        .isEmpty(); // of another conversation: from Temporal's list alone
  }

  @Test
  void listsWhatHasEndedInThisConversation() {
    TurnAnswer first = buy(null);
    end(first.callIds().getFirst(), CallStatus.DENIED);
    bed.model.calls(new ListCall("a", "ended"));
    bed.model.says("You denied it.");

    bed.goOn(first.conversationId(), "What became of it?");

    assertThat(listed(results().getLast()).findValuesAsText("status")).containsExactly("DENIED");
  }

  @Test
  void listsWhatWasStoppedFromOutsideAmongThatWhichHasEnded() {
    String stopped = buy(null).callIds().getFirst();
    bed.client().newUntypedWorkflowStub(stopped).terminate("by the test");
    bed.workflows.late.add(new Found(stopped, Instant.EPOCH, false)); // under its last status

    assertThat(listedInANewConversation("pending")).isEmpty();
    JsonNode failed = listedInANewConversation("FAILED");

    assertThat(failed).hasSize(1);
    assertThat(failed.path(0).path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.path(0).path("reason").asText()).endsWith("Nothing was done.");
    assertThat(bed.workflows.queries.getLast())
        .endsWith(
            " AND (ApprovalStatus IN ('FAILED') OR ExecutionStatus IN ('Canceled', 'Failed',"
                + " 'Terminated', 'TimedOut'))");
    assertThat(cancel(ALICE, stopped))
        .isEqualTo("Not cancelled: it has ended as FAILED and can't be cancelled.");
  }

  @Test
  void saysThatTheOutcomeIsUnknownOfWhatWasStoppedWhileItWasOrdered() {
    String stopped = buy(null).callIds().getFirst();
    bed.fate(stopped).run();
    bed.call(stopped);
    bed.client().newUntypedWorkflowStub(stopped).terminate("by the test");
    bed.workflows.late.add(new Found(stopped, Instant.EPOCH, false));

    assertThat(listedInANewConversation("ended").findValuesAsText("status"))
        .containsExactly("OUTCOME_UNKNOWN");
  }

  @Test
  void listsAtMostTwentyAndSaysThatThereAreMore() {
    String conversation = buy(null).conversationId();
    for (int i = 0; i < 20; i++) {
      buy(conversation);
    }
    bed.model.calls(new ListCall("a", null));
    bed.model.says("Those are many.");

    bed.goOn(conversation, "What have I bought?");

    assertThat(listed(results().getLast())).hasSize(20);
    assertThat(results().getLast()).endsWith("\"more\":true}");
  }

  @Test
  void cancelsByReferenceAndTellsTheOutcomeAsUsual() {
    TurnAnswer first = buy(null);
    String purchase = first.callIds().getFirst();
    bed.workflows.isBehind = true;
    bed.model.calls(new CancelCall("a", ToolFixtures.reference(purchase).toLowerCase(Locale.ROOT)));
    bed.model.says("I am cancelling it.");
    bed.model.says("Your 2 headphones are cancelled.");

    bed.goOn(first.conversationId(), "Cancel it");

    assertThat(results())
        .containsExactly(
            "Cancelling \"Do you want to buy 2 headphones\": nothing will be done. If the"
                + " user's phone still asks, an answer there changes nothing. The outcome"
                + " follows by itself.");
    assertThat(bed.messages(first.conversationId(), 5))
        .extracting(ChatMessage::text)
        .endsWith(
            "Cancel it",
            "I have cancelled \"Do you want to buy 2 headphones\". If your phone still asks, an"
                + " answer there changes nothing.\n\nI am cancelling it.",
            "\"Do you want to buy 2 headphones\": It was cancelled; nothing was done.\n\nYour 2 headphones are"
                + " cancelled.");
    assertThat(bed.messages(first.conversationId()).getLast().callId()).isEqualTo(purchase);
    assertThat(bed.call(purchase).status()).isEqualTo(CallStatus.CANCELLED);
  }

  @Test
  void cancelsAPurchaseOfAnotherConversationByItsId() {
    String purchase = buy(null).callIds().getFirst();

    assertThat(cancel(ALICE, purchase))
        .isEqualTo(
            "Cancelled \"Do you want to buy 2 headphones\": nothing was done. If the user's phone"
                + " still asks, an answer there changes nothing.");
    assertThat(bed.call(purchase).status()).isEqualTo(CallStatus.CANCELLED);
  }

  @Test
  void cancelsSeveralInTheOrderOfTheCallsAndSaysWhichIsTooLate() {
    bed.model.buys(HEADPHONES, PHONE);
    bed.model.says("Please look at your phone twice.");
    TurnAnswer first = bed.begin("Buy 2 headphones and an XYZ phone");
    end(first.callIds().getFirst(), CallStatus.DONE);
    bed.model.calls(
        new CancelCall("a", ToolFixtures.reference(first.callIds().getFirst())),
        new CancelCall("b", ToolFixtures.reference(first.callIds().getLast())));
    bed.model.says("One was too late.");

    bed.goOn(first.conversationId(), "Cancel both");

    assertThat(results())
        .endsWith(
            "Not cancelled: it has ended as DONE and can't be cancelled.",
            "Cancelling \"Do you want to buy 1 XYZ phone\": nothing will be done. If the"
                + " user's phone still asks, an answer there changes nothing. The outcome"
                + " follows by itself.");
  }

  @Test
  void cancelsNothingThatIsBeingOrdered() {
    TurnAnswer first = buy(null);
    String purchase = first.callIds().getFirst();
    bed.fate(purchase).run();
    bed.model.calls(new CancelCall("a", ToolFixtures.reference(purchase)));
    bed.model.fails();

    TurnAnswer answer = bed.goOn(first.conversationId(), "Cancel it");

    assertThat(results())
        .containsExactly(
            "Not cancelled: it is being done right now and can't be cancelled any more.");
    assertThat(answer.messages().getLast().text()).contains("nothing was started");
    assertThat(bed.call(purchase).status()).isEqualTo(CallStatus.RUNNING);
  }

  @Test
  void cancelsOnceWhenTheTurnIsRepeatedUnderItsKey() {
    TurnAnswer first = buy(null);
    String purchase = first.callIds().getFirst();
    bed.model.calls(new CancelCall("a", ToolFixtures.reference(purchase)));
    bed.model.says("I am cancelling it.");
    bed.model.says("Your 2 headphones are cancelled.");
    TurnRequest turn = ConversationTestBed.turn("Cancel it", IdempotencyKey.random());
    TurnAnswer answer = bed.conversations().goOn(ALICE, first.conversationId(), turn);
    bed.messages(first.conversationId(), 5);
    int calls = bed.model.calls().size();

    assertThat(bed.conversations().goOn(ALICE, first.conversationId(), turn)).isEqualTo(answer);

    assertThat(bed.model.calls()).hasSize(calls);
    assertThat(bed.messages(first.conversationId())).hasSize(5);
  }

  @Test
  void runsTheOtherCallsOfAReplyBesideAnUnknownAndABrokenOne() {
    bed.model.calls(
        new InvalidCall("a", "rob_bank", "{}", "There is no such tool."),
        ScriptedModel.buy("b", PHONE),
        new InvalidCall("c", "cancel_request", "{}", "Nothing was done."),
        new ListCall("d", null));
    bed.model.says("Please look at your phone.");

    TurnAnswer answer = bed.begin("Buy an XYZ phone");

    assertThat(answer.callIds()).hasSize(1);
    assertThat(results()).hasSize(4);
    assertThat(results().subList(0, 3))
        .containsExactly(
            "There is no such tool.",
            "Approval requested: the user is to answer \"Do you want to buy 1 XYZ phone\". Nothing is"
                + " done yet; the outcome follows by itself.",
            "Nothing was done.");
    assertThat(listed(results().getLast())).hasSize(1);
  }

  @Test
  void saysWhatWasDoneWhenTheModelCallsToolsForMoreThanTenRounds() {
    bed.model.calls(ScriptedModel.buy("a", PHONE));
    for (int i = 0; i < 12; i++) {
      bed.model.calls(new ListCall("b" + i, null));
    }

    TurnAnswer answer = bed.begin("Buy an XYZ phone");

    assertThat(answer.messages().getLast().text())
        .isEqualTo(
            "Your approval is needed: \"Do you want to buy 1 XYZ phone\". I stopped there, after"
                + " many steps or a long time: anything else was not started. Please say if"
                + " something is missing.");
    assertThat(bed.model.calls()).hasSize(10);
  }

  @Test
  void cancelsNothingThatIsUnknownOrAnotherUsersOrWasCancelledBefore() {
    String purchase = buy(null).callIds().getFirst();

    assertThat(cancel(ALICE, "R-00000000"))
        .isEqualTo("Not cancelled: the user has no such request; look it up with list_requests.");
    assertThat(cancel(new Caller("auth0|bob"), purchase))
        .isEqualTo("Not cancelled: the user has no such request; look it up with list_requests.");
    assertThat(bed.call(purchase).status()).isEqualTo(CallStatus.AWAITING_APPROVAL);
    cancel(ALICE, purchase);
    bed.sleep(Duration.ofSeconds(1));
    assertThat(cancel(ALICE, purchase)).isEqualTo("Not cancelled: it was cancelled before.");
  }

  @Test
  void saysWhatWasCancelledWhenTheModelFailsAfterwards() {
    TurnAnswer first = buy(null);
    bed.model.calls(
        ScriptedModel.buy("a", PHONE),
        new CancelCall("b", ToolFixtures.reference(first.callIds().getFirst())));
    bed.model.fails();

    TurnAnswer answer = bed.goOn(first.conversationId(), "Buy an XYZ phone instead");

    assertThat(answer.messages().getLast().text())
        .isEqualTo(
            "Your approval is needed: \"Do you want to buy 1 XYZ phone\". I have cancelled \"Do you want to buy 2 headphones\". If your phone still asks, an answer there changes nothing. Nothing else was started: the model can't be reached any more.");
  }

  private TurnAnswer buy(@Nullable String conversation) {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    return conversation == null
        ? bed.begin("Buy 2 headphones")
        : bed.goOn(conversation, "Buy 2 headphones");
  }

  private void end(String purchase, CallStatus status) {
    int messages = bed.messages(ConversationTestBed.conversationOf(purchase)).size();
    bed.model.says("Here is the news.");
    bed.ends(purchase, status, "Told");
    bed.messages(ConversationTestBed.conversationOf(purchase), messages + 1);
  }

  /** What the tool returns in a new conversation. */
  private JsonNode listedInANewConversation(String status) {
    bed.model.calls(new ListCall("a", status));
    bed.model.says("There.");
    bed.begin("What is there?");
    return listed(results().getLast());
  }

  private static JsonNode listed(String result) {
    try {
      return new ObjectMapper().readTree(result).path("requests");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String cancel(Caller caller, String purchase) {
    bed.model.calls(new CancelCall("a", purchase));
    bed.model.says("Done what could be done.");
    bed.conversations()
        .begin(caller, ConversationTestBed.turn("Cancel it", IdempotencyKey.random()));
    return results().getLast();
  }

  /** Of the calls of the newest turn, and of those before. */
  private List<String> results() {
    return bed.model.calls().stream()
        .filter(call -> call.asker() != null)
        .toList()
        .getLast()
        .transcript()
        .stream()
        .filter(ToolReturned.class::isInstance)
        .map(entry -> (ToolReturned) entry)
        .filter(returned -> !returned.callId().startsWith("id-"))
        .map(ToolReturned::result)
        .toList();
  }
}
