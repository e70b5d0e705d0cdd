package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of OpenAI's chat completions, which Azure has too. */
final class OpenAiRules {
  private static final int LONGEST_ID = 40;
  private static final KnownMembers KNOWN =
      new KnownMembers(
          Set.of(
              "model",
              "messages",
              "tools",
              "tool_choice",
              "parallel_tool_calls",
              "temperature",
              "top_p",
              "max_tokens",
              "max_completion_tokens",
              "stream",
              "stream_options",
              "n",
              "stop",
              "seed",
              "user",
              "safety_identifier",
              "prompt_cache_key",
              "response_format",
              "reasoning_effort",
              "verbosity",
              "store",
              "metadata",
              "service_tier",
              "logprobs",
              "top_logprobs",
              "logit_bias",
              "presence_penalty",
              "frequency_penalty",
              "modalities",
              "prediction"),
          Set.of("role", "content", "name", "tool_calls", "tool_call_id", "refusal", "audio"),
          Set.of("id", "type", "function"));

  private OpenAiRules() {}

  static @Nullable Refusal refusal(WireRequest request) {
    Optional<KnownMembers.Unknown> unknown = KNOWN.unknown(request);
    if (unknown.isPresent()) {
      return Refusal.openAi(
          "unknown_parameter", "Unknown parameter: '" + unknown.get().path() + "'.");
    }
    if (request.body().has("max_tokens")) {
      return Refusal.openAi(
          "unsupported_parameter",
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
              + " 'max_completion_tokens' instead.");
    }
    if (request.body().path("tools").isArray() && !request.declaresTools()) {
      return Refusal.openAi(
          "empty_array",
          "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty"
              + " array instead.");
    }
    if (request.body().has("tool_choice") && !request.declaresTools()) {
      return Refusal.openAi(
          "invalid_value",
          "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are"
              + " specified.");
    }
    for (WireMessage message : request.messages()) {
      Refusal refusal = refusal(message);
      if (refusal != null) {
        return refusal;
      }
    }
    return new CallsAndResults(request.messages()).fault().map(OpenAiRules::refusal).orElse(null);
  }

  private static @Nullable Refusal refusal(WireMessage message) {
    String at = "messages[" + message.index() + "]";
    if (message.isAnswer() && message.node().path("content").isNull()) {
      return Refusal.openAi(
          "invalid_value", "Invalid value for 'content': expected a string, got null.");
    }
    for (JsonNode call : message.calls()) {
      String id = call.path("id").asText();
      if (id.length() > LONGEST_ID) {
        return Refusal.openAi(
            "string_above_max_length",
            "Invalid '%s.tool_calls[0].id': string too long. Expected a string with maximum length"
                    .formatted(at)
                + " %d, but got a string with length %d instead."
                    .formatted(LONGEST_ID, id.length()));
      }
      if (!call.at("/function/name").asText().matches("[a-zA-Z0-9_-]+")) {
        return Refusal.openAi(
            "invalid_value",
            "Invalid '%s.tool_calls[0].function.name': string does not match pattern. Expected a"
                    .formatted(at)
                + " string that matches the pattern '^[a-zA-Z0-9_-]+$'.");
      }
      if (!call.path("type").asText().equals("function")
          || !call.at("/function/arguments").isTextual()) {
        return Refusal.openAi("invalid_type", "Invalid type for '%s.tool_calls[0]'.".formatted(at));
      }
    }
    return null;
  }

  private static Refusal refusal(CallsAndResults.Fault fault) {
    return fault.ids().isEmpty()
        ? Refusal.openAi(
            "invalid_value",
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding"
                + " message with 'tool_calls'.")
        : Refusal.openAi(
            "invalid_value",
            "An assistant message with 'tool_calls' must be followed by tool messages responding to"
                + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
                + String.join(", ", fault.ids()));
  }
}
