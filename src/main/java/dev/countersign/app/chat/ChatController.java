package dev.countersign.app.chat;

import com.google.protobuf.ByteString;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.call.Approvers;
import dev.countersign.app.call.Calls;
import dev.countersign.app.call.Cursors;
import dev.countersign.app.chat.conversation.ConversationList;
import dev.countersign.app.chat.conversation.ConversationState;
import dev.countersign.app.chat.conversation.ConversationSummary;
import dev.countersign.app.chat.conversation.Conversations;
import dev.countersign.app.chat.conversation.TurnAnswer;
import dev.countersign.app.chat.conversation.TurnRequest;
import dev.countersign.approval.Approver;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/chat}: the conversations of the caller. */
@RestController
@RequestMapping("/api/chat")
class ChatController {
  private static final String LIST = "conversations";
  private static final String PREFER = "Prefer";
  private static final String NOT_TO_WAIT = "respond-async";

  private final Conversations conversations;
  private final Calls calls;
  private final Approvers approvers;
  private final ConversationList list;
  private final Cursors cursors;

  ChatController(
      Conversations conversations,
      Calls calls,
      Approvers approvers,
      ConversationList list,
      Cursors cursors) {
    this.conversations = conversations;
    this.list = list;
    this.cursors = cursors;
    this.approvers = approvers;
    this.calls = calls;
  }

  /**
   * Takes a turn; answers with what it added, or, to who would rather not wait, with 202 and where
   * it can be followed.
   */
  @PostMapping
  ResponseEntity<ChatView> chat(
      @Valid @RequestBody ChatRequest request,
      @RequestHeader(name = PREFER, required = false) @Nullable List<String> preferences,
      Caller caller,
      IdempotencyKey key) {
    String message = String.valueOf(request.message()); // given: it was validated
    Approver approver = approvers.of(caller, request.approverHints());
    TurnRequest turn = new TurnRequest(message, key.digest(), approver);
    return isNotToWait(preferences)
        ? accepted(caller, request.conversationId(), turn)
        : ResponseEntity.ok(answered(caller, request.conversationId(), turn));
  }

  private ChatView answered(Caller caller, @Nullable String conversationId, TurnRequest turn) {
    TurnAnswer answer =
        conversationId == null
            ? conversations.begin(caller, turn)
            : conversations.goOn(caller, conversationId, turn);
    if (!answer.messages().getFirst().text().equals(turn.message())) {
      throw new KeyUsedBeforeException();
    }
    return new ChatView(
        answer.conversationId(), answer.messages(), calls.find(caller, answer.callIds()));
  }

  /** RFC 7240 4.1: the turn is taken, and its answer comes by events. */
  private ResponseEntity<ChatView> accepted(
      Caller caller, @Nullable String conversationId, TurnRequest turn) {
    String id;
    if (conversationId == null) {
      id = conversations.beginAndLeave(caller, turn);
    } else {
      id = conversationId;
      conversations.goOnAndLeave(caller, id, turn);
    }
    return ResponseEntity.accepted()
        .header("Preference-Applied", NOT_TO_WAIT)
        .location(URI.create("/api/chat/" + id))
        .body(new ChatView(id, List.of(), List.of()));
  }

  private static boolean isNotToWait(@Nullable List<String> preferences) {
    return preferences != null
        && preferences.stream()
            .flatMap(each -> Arrays.stream(each.split("[,;]")))
            .anyMatch(each -> each.strip().equalsIgnoreCase(NOT_TO_WAIT));
  }

  /**
   * Ends the answer to a message of the caller's while it is being given: what has come of it is
   * the answer, and nothing else is started. Changes nothing if that message isn't being answered.
   *
   * @param message the message's number
   */
  @PostMapping("/{conversationId}/messages/{message:\\d{1,9}}/stop")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void stop(Caller caller, @PathVariable String conversationId, @PathVariable int message) {
    conversations.stop(caller, conversationId, message);
  }

  /** All of a conversation. */
  @GetMapping("/{conversationId}")
  ChatView conversation(@PathVariable String conversationId, Caller caller) {
    ConversationState state = conversations.state(caller, conversationId);
    return new ChatView(
        state.conversationId(), state.messages(), calls.find(caller, state.callIds()));
  }

  /**
   * One page of a list.
   *
   * @param conversations newest first, at most 20
   * @param cursor what to send as {@code cursor} for the next page; null: there is none
   */
  record Listed(List<ConversationSummary> conversations, @Nullable String cursor) {}

  /** The caller's conversations, or those that have some words, a page at a time. */
  @GetMapping
  Listed list(
      Caller caller,
      @RequestParam(required = false)
          @Pattern(regexp = "(?sU)(?=.*\\S).{1,100}", message = "must have 1 to 100 characters")
          @Nullable String search,
      @RequestParam(required = false) @Nullable String cursor) {
    ByteString start = cursors.start(caller, LIST, cursor);
    ConversationList.Page page =
        search == null ? list.list(caller, start) : list.search(caller, search, start);
    return new Listed(page.conversations(), cursors.next(caller, LIST, page.next()));
  }

  /** Gives a conversation another title. */
  @PatchMapping("/{conversationId}")
  ConversationSummary rename(
      Caller caller,
      @PathVariable String conversationId,
      @Valid @RequestBody RenameRequest request) {
    return conversations.rename(caller, conversationId, request.toTitle());
  }

  /** Ends a conversation and removes what was said; its calls go on. */
  @DeleteMapping("/{conversationId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String conversationId) {
    conversations.delete(caller, conversationId);
  }
}
