package dev.countersign.chat;

import dev.countersign.approval.Approver;
import dev.countersign.purchase.Approvers;
import dev.countersign.purchase.PurchaseState;
import dev.countersign.purchase.Purchases;
import dev.countersign.security.Caller;
import dev.countersign.security.IdempotencyKey;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/chat}: the conversations of the caller. */
@RestController
@RequestMapping("/api/chat")
class ChatController {
  private final Conversations conversations;
  private final Purchases purchases;
  private final Approvers approvers;

  ChatController(Conversations conversations, Purchases purchases, Approvers approvers) {
    this.conversations = conversations;
    this.approvers = approvers;
    this.purchases = purchases;
  }

  /** Takes a turn; answers with what it added. */
  @PostMapping
  ChatView chat(@Valid @RequestBody ChatRequest request, Caller caller, IdempotencyKey key) {
    String message = String.valueOf(request.message()); // given: it was validated
    Approver approver = approvers.of(caller, request.approverHints());
    TurnRequest turn = new TurnRequest(message, key.digest(), approver);
    TurnAnswer answer =
        request.conversationId() == null
            ? conversations.begin(caller, turn)
            : conversations.goOn(caller, request.conversationId(), turn);
    if (!answer.messages().getFirst().text().equals(message)) {
      throw new KeyUsedBeforeException();
    }
    return new ChatView(
        answer.conversationId(), answer.messages(), states(caller, answer.purchaseIds()));
  }

  /** All of a conversation. */
  @GetMapping("/{conversationId}")
  ChatView conversation(@PathVariable String conversationId, Caller caller) {
    ConversationState state = conversations.state(caller, conversationId);
    return new ChatView(
        state.conversationId(), state.messages(), states(caller, state.purchaseIds()));
  }

  private List<PurchaseState> states(Caller caller, List<String> ids) {
    return ids.stream().map(id -> purchases.find(caller, id)).flatMap(Optional::stream).toList();
  }
}
