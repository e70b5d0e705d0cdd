package dev.countersign.devservices.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A wish that was uttered before: the transcript has the call. */
final class Repeat {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AGAIN = Pattern.compile("(?is).*\\bask me again\\b.*");
  private static final List<String> OTHERS = List.of("list_requests", "cancel_request");

  private Repeat() {}

  static boolean isWanted(String words) {
    return AGAIN.matcher(words).matches();
  }

  /** The newest call whose arguments all stand in the words; empty: there is none. */
  static Optional<ToolExecutionRequest> of(String words, List<ChatMessage> messages) {
    return messages.reversed().stream()
        .flatMap(message ->
            message instanceof AiMessage ai ? ai.toolExecutionRequests().stream() : Stream.empty())
        .filter(call -> !OTHERS.contains(call.name()) && isNamed(call, words))
        .findFirst();
  }

  private static boolean isNamed(ToolExecutionRequest call, String words) {
    try {
      JsonNode arguments = JSON.readTree(call.arguments());
      return arguments.valueStream().allMatch(value -> words.contains(": " + text(value)));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static String text(JsonNode value) {
    return value.isNumber()
        ? new BigDecimal(value.asText()).stripTrailingZeros().toPlainString()
        : value.asText();
  }
}
