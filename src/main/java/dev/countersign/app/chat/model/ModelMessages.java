package dev.countersign.app.chat.model;

import dev.countersign.app.chat.tool.ToolArguments;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The transcript in the words of LangChain4j, headed by the system prompt. */
final class ModelMessages {
  private static final String SYSTEM_PROMPT = resource("system-prompt.txt");

  private ModelMessages() {}

  static List<dev.langchain4j.data.message.ChatMessage> of(
      List<Entry> transcript, LocalDate today) {
    return Stream.concat(
            Stream.of(SystemMessage.from(SYSTEM_PROMPT.replace("{today}", today.toString()))),
            transcript.stream().map(ModelMessages::message))
        .toList();
  }

  private static dev.langchain4j.data.message.ChatMessage message(Entry entry) {
    return switch (entry) {
      case Said(var message) ->
          switch (message.role()) {
            case USER -> UserMessage.from(message.text());
            case ASSISTANT -> AiMessage.from(message.text());
          };
      case ToolsCalled(var text, var calls) ->
          AiMessage.builder()
              .text(text)
              .toolExecutionRequests(calls.stream().map(ModelMessages::request).toList())
              .build();
      case ToolReturned(var callId, var tool, var result) ->
          ToolExecutionResultMessage.from(callId, tool, result);
    };
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
