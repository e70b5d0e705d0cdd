package dev.countersign.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.Entry.Said;
import dev.countersign.app.chat.Entry.ToolReturned;
import dev.countersign.app.chat.Entry.ToolsCalled;
import dev.countersign.app.chat.ToolCall.BuyCall;
import dev.countersign.app.chat.ToolCall.CancelCall;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.countersign.app.chat.ToolCall.ListCall;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.app.purchase.PurchaseEnded;
import dev.countersign.app.purchase.PurchaseNotice;
import dev.countersign.app.purchase.PurchaseStatus;
import dev.countersign.approval.Approver;
import dev.countersign.vault.Sealed;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.math.BigDecimal;
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
                          new BuyCall("a", new Purchase("lamp", 1, new BigDecimal("49.90"))),
                          new ListCall("c", "pending"),
                          new CancelCall("d", "P-1A2B3C4D"),
                          new InvalidCall("b", "rob_bank", "{}", "No"),
                          new InvalidCall(
                              "e", "shop_online", "{}", "Not showable", "It can't be shown."))),
                  new ToolReturned("a", "shop_online", "Approval requested"),
                  new Said(new ChatMessage(2, ChatRole.ASSISTANT, "Look", Instant.EPOCH, "p"))),
              List.of(new AnsweredTurn("key", 1, 2, List.of("p"))),
              1,
              List.of("p"),
              List.of("p"),
              List.of(new PurchaseNotice("p", "Again")),
              List.of(
                  new PurchaseEnded(
                      "p",
                      new Purchase("lamp", 1, null),
                      PurchaseStatus.ORDERED,
                      "Created",
                      "Ordered."))));

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
                          "at": "1970-01-01T00:00:00Z", "purchaseId": null}},
                        {"entry": "toolsCalled", "text": "Well", "calls": [
                          {"call": "buy", "id": "a",
                            "purchase": {"product": "lamp", "qty": 1, "priceLimit": 49.90}},
                          {"call": "list", "id": "c", "status": "pending"},
                          {"call": "cancel", "id": "d", "purchase": "P-1A2B3C4D"},
                          {"call": "invalid", "id": "b", "tool": "rob_bank", "arguments": "{}",
                            "problem": "No", "sentence": null},
                          {"call": "invalid", "id": "e", "tool": "shop_online", "arguments": "{}",
                            "problem": "Not showable", "sentence": "It can't be shown."}]},
                        {"entry": "toolReturned", "callId": "a", "tool": "shop_online",
                          "result": "Approval requested"},
                        {"entry": "said", "message": {"id": 2, "role": "assistant",
                          "text": "Look", "at": "1970-01-01T00:00:00Z", "purchaseId": "p"}}],
                      "turns": [{"key": "key", "firstMessage": 1, "lastMessage": 2,
                        "purchaseIds": ["p"]}],
                      "purchasesAsked": 1, "purchaseIds": ["p"], "announced": ["p"],
                      "notices": [{"purchaseId": "p", "text": "Again"}],
                      "outcomes": [{"purchaseId": "p",
                        "purchase": {"product": "lamp", "qty": 1, "priceLimit": null},
                        "status": "ORDERED", "toolResult": "Created",
                        "sentence": "Ordered."}]}}
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
