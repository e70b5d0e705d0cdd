package com.example.desk;

import dev.countersign.guard.CallAnswer;
import dev.countersign.guard.CallState;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.springai.GuardedToolCallbacks;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The desk's chat. */
@RestController
class DeskController {
  private final ChatClient chat;
  private final GuardedToolCallbacks guarded;
  private final DeskTools deskTools;
  private final ToolCallbackProvider ticketTools;
  private final GuardedCalls calls;
  private final Journal journal;

  DeskController(
      ChatClient chat,
      GuardedToolCallbacks guarded,
      DeskTools deskTools,
      ToolCallbackProvider ticketTools,
      GuardedCalls calls,
      Journal journal) {
    this.chat = chat;
    this.guarded = guarded;
    this.deskTools = deskTools;
    this.ticketTools = ticketTools;
    this.calls = calls;
    this.journal = journal;
  }

  record Question(String message) {}

  /** What the model says, and the calls that it has made. */
  record Reply(String message, List<String> calls) {}

  /** Sent again under the same key, nothing is asked twice. */
  @PostMapping("/chat")
  Reply chat(@RequestHeader("Idempotency-Key") String key, @RequestBody Question question) {
    List<CallAnswer> made = new ArrayList<>();
    GuardedToolCallbacks turn = guarded.keyedBy(key).telling(made::add);
    String message =
        chat.prompt()
            .user(question.message())
            .tools(turn.of(deskTools), turn.guarding(ticketTools))
            .call()
            .content();
    return new Reply(message, made.stream().map(CallAnswer::callId).toList());
  }

  /** The shortest way: a guarded bean is a tool bean like any other. */
  @PostMapping("/short")
  Map<String, String> shortChat(@RequestBody Question question) {
    String message = chat.prompt().user(question.message()).tools(deskTools).call().content();
    return Map.of("message", message);
  }

  @GetMapping("/calls/{id}")
  Map<String, String> show(@PathVariable String id, Principal user) {
    return Map.of("status", mine(id, user).status().name());
  }

  @GetMapping("/journal/{id}")
  List<String> journal(@PathVariable String id, Principal user) {
    return journal.about(mine(id, user).id());
  }

  /** Another user's can't be named. */
  private CallState mine(String id, Principal user) {
    return calls
        .find(user.getName(), id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
