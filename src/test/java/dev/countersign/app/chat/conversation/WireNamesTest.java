package dev.countersign.app.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.conversation.ConversationMemory.AnsweredTurn;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.countersign.approval.Approver;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallNotice;
import dev.countersign.guard.CallStatus;
import dev.countersign.vault.Sealed;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What conversations write into histories: these names are read years later. */
class WireNamesTest {
  private static final ConversationInput INPUT =
      new ConversationInput(
          "auth0|alice",
          2,
          new ConversationMemory(
              List.of(
                  new Said(new ChatMessage(1, ChatRole.USER, "Buy", Instant.EPOCH, null)),
                  new ToolsCalled(
                      "Well",
                      List.of(
                          new GuardedToolCall("a", "shop_online", "{\"qty\":1}"),
                          new ListCall("c", "pending"),
                          new CancelCall("d", "R-1A2B3C4D"),
                          new InvalidCall("b", "rob_bank", "{}", "No"),
                          new InvalidCall(
                              "e", "shop_online", "{}", "Not showable", "It can't be shown.", true),
                          new InvalidCall("f", "shop_online", "{}", "Old", "Old.", null))),
                  new ToolReturned("a", "shop_online", "Approval requested"),
                  new Said(new ChatMessage(2, ChatRole.ASSISTANT, "Look", Instant.EPOCH, "p"))),
              List.of(new AnsweredTurn("key", 1, 2, List.of("p"))),
              1,
              List.of("p"),
              List.of("p"),
              List.of(new CallNotice("p", "Again")),
              List.of(
                  new CallEnded(
                      "p", "shop_online", "{}", "Buy?", CallStatus.DONE, "Created", "Done.", null)),
              "Shopping",
              null));

  @Test
  void readsWhatItWrote() {
    Payload payload = payload();

    assertThat(
            DefaultDataConverter.newDefaultInstance()
                .fromPayload(payload, ConversationInput.class, ConversationInput.class))
        .isEqualTo(INPUT);
  }

  @Test
  void writesTheSameNamesAsEver() throws Exception {
    JsonNode json = new ObjectMapper().readTree(payload().getData().toStringUtf8());

    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"userID": "auth0|alice", "turnsPerRun": 2, "memory": {
                      "transcript": [
                        {"entry": "said", "message": {"id": 1, "role": "user", "text": "Buy",
                          "at": "1970-01-01T00:00:00Z", "callId": null}},
                        {"entry": "toolsCalled", "text": "Well", "calls": [
                          {"call": "guarded", "id": "a", "tool": "shop_online",
                            "arguments": "{\\"qty\\":1}"},
                          {"call": "list", "id": "c", "status": "pending"},
                          {"call": "cancel", "id": "d", "request": "R-1A2B3C4D"},
                          {"call": "invalid", "id": "b", "tool": "rob_bank", "arguments": "{}",
                            "problem": "No", "sentence": null},
                          {"call": "invalid", "id": "e", "tool": "shop_online", "arguments": "{}",
                            "problem": "Not showable", "sentence": "It can't be shown.",
                            "forGood": true},
                          {"call": "invalid", "id": "f", "tool": "shop_online", "arguments": "{}",
                            "problem": "Old", "sentence": "Old."}]},
                        {"entry": "toolReturned", "callId": "a", "tool": "shop_online",
                          "result": "Approval requested"},
                        {"entry": "said", "message": {"id": 2, "role": "assistant",
                          "text": "Look", "at": "1970-01-01T00:00:00Z", "callId": "p"}}],
                      "turns": [{"key": "key", "firstMessage": 1, "lastMessage": 2,
                        "callIds": ["p"]}],
                      "callsAsked": 1, "callIds": ["p"], "announced": ["p"],
                      "notices": [{"callId": "p", "text": "Again"}],
                      "outcomes": [{"callId": "p", "tool": "shop_online", "arguments": "{}",
                        "message": "Buy?", "status": "DONE", "toolResult": "Created",
                        "sentence": "Done."}],
                      "title": "Shopping"}}
                    """));
  }

  @Test
  void writesWhoApprovesATurnsPurchases() throws Exception {
    var turn =
        new TurnRequest(
            "Buy",
            "key",
            new Approver(
                new Approver.Hint.IdToken(new Sealed("k1", "c2VhbGVk")),
                "sub",
                "auth0|alice",
                null));

    Payload payload = DefaultDataConverter.newDefaultInstance().toPayload(turn).orElseThrow();

    assertThat(new ObjectMapper().readTree(payload.getData().toStringUtf8()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"message": "Buy", "key": "key", "approver": {
                      "hint": {"by": "idToken", "token": {"keyId": "k1", "ciphertext": "c2VhbGVk"}},
                      "claim": "sub", "value": "auth0|alice", "userCode": null}}
                    """));
    assertThat(
            DefaultDataConverter.newDefaultInstance()
                .fromPayload(payload, TurnRequest.class, TurnRequest.class))
        .isEqualTo(turn);
  }

  @Test
  void readsATurnThatSaysNothingOfWhoApproves() throws Exception {
    assertThat(
            new ObjectMapper()
                .readValue("{\"message\": \"Buy\", \"key\": \"key\"}", TurnRequest.class))
        .isEqualTo(new TurnRequest("Buy", "key", null));
  }

  private static Payload payload() {
    return DefaultDataConverter.newDefaultInstance().toPayload(INPUT).orElseThrow();
  }
}
