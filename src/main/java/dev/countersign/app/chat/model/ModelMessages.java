package dev.countersign.app.chat.model;

import static java.util.stream.Collectors.joining;

import dev.countersign.app.chat.tool.ToolArguments;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.Outcomes;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The transcript in the words of LangChain4j, headed by the system prompt: in an order that every
 * server takes. No call follows an assistant's text, and no message one of the same role.
 */
final class ModelMessages {
  private static final String SYSTEM_PROMPT = resource("system-prompt.txt");

  /** How ours begin, and nothing that a user writes. */
  private static final Pattern HEAD = Pattern.compile("(?m)^\\[(Outcome|Result) of");

  private final List<ChatMessage> messages = new ArrayList<>();
  private final List<@Nullable String> extras = new ArrayList<>();
  private final Map<String, ToolCall> calls = new HashMap<>();
  private final boolean plain;

  private ModelMessages(boolean plain) {
    this.plain = plain;
  }

  /**
   * Of a transcript.
   *
   * @param plain whether calls and their results are told as text: some servers refuse others in a
   *     history that isn't their own
   */
  static ModelMessages of(List<Entry> transcript, LocalDate today, boolean plain) {
    var of = new ModelMessages(plain);
    of.messages.add(SystemMessage.from(SYSTEM_PROMPT.replace("{today}", today.toString())));
    transcript.forEach(of::add);
    return of;
  }

  /** All of them. */
  List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  /** Of each message of the assistant, what its server wants to have back; null: nothing. */
  List<@Nullable String> extras() {
    return extras;
  }

  /** Whether there are calls in a history that is not plain. */
  static boolean hasCalls(List<Entry> transcript) {
    return transcript.stream()
        .anyMatch(entry -> entry instanceof ToolsCalled called && !Outcomes.isOne(called));
  }

  private void add(Entry entry) {
    switch (entry) {
      case Said(var message, var ofIt) -> {
        switch (message.role()) {
          case USER -> user(HEAD.matcher(message.text()).replaceAll("($1 of"));
          case ASSISTANT -> assistant(message.text(), ofIt);
        }
      }
      case ToolsCalled called -> add(called);
      case ToolReturned(var callId, var tool, var result) -> {
        if (plain || Outcomes.isIdOfOne(callId)) {
          user(told(callId, tool, result));
        } else {
          messages.add(ToolExecutionResultMessage.from(callId, tool, result));
        }
      }
    }
  }

  private void add(ToolsCalled called) {
    called.calls().forEach(call -> calls.put(call.id(), call));
    if (Outcomes.isOne(called)) {
      return;
    }
    if (plain) {
      if (called.text() != null && !called.text().isBlank()) {
        assistant(called.text(), null);
      }
      return;
    }
    messages.add(
        AiMessage.builder()
            .text(called.text())
            .toolExecutionRequests(called.calls().stream().map(ModelMessages::request).toList())
            .build());
    extras.add(called.extras());
  }

  /** In the role of the user, whom no server lets be missing before an answer. */
  private String told(String callId, String tool, String result) {
    ToolCall call = calls.get(callId);
    return "["
        + (Outcomes.isIdOfOne(callId) ? "Outcome of " : "Result of ")
        + tool
        + " "
        + (call == null ? "{}" : ToolArguments.of(call))
        + ", not said by the user]\n"
        + result.lines().map("> "::concat).collect(joining("\n"));
  }

  private void user(String text) {
    if (messages.getLast() instanceof UserMessage before) {
      messages.set(messages.size() - 1, UserMessage.from(before.singleText() + "\n\n" + text));
    } else {
      messages.add(UserMessage.from(text));
    }
  }

  private void assistant(String text, @Nullable String ofIt) {
    if (messages.getLast() instanceof AiMessage before && !before.hasToolExecutionRequests()) {
      messages.set(messages.size() - 1, AiMessage.from(before.text() + "\n\n" + text));
    } else {
      messages.add(AiMessage.from(text));
      extras.add(plain ? null : ofIt);
    }
  }

  private static ToolExecutionRequest request(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.tool())
        .arguments(ToolArguments.of(call))
        .build();
  }

  private static String resource(String name) {
    try (InputStream in = ModelMessages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
