package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gemini's compatible endpoint: calls come after the user only, and with their signature. */
final class Gemini implements ServerKind {
  private static final KnownMembers KNOWN =
      new KnownMembers(
          Set.of(
              "model",
              "messages",
              "tools",
              "tool_choice",
              "max_tokens",
              "max_completion_tokens",
              "temperature",
              "top_p",
              "n",
              "stop",
              "stream",
              "stream_options",
              "response_format",
              "reasoning_effort",
              "parallel_tool_calls",
              "user",
              "extra_body"),
          Set.of("role", "content", "name", "tool_calls", "tool_call_id", "extra_content"),
          Set.of("id", "type", "function", "extra_content"));

  /** What Google lets stand for the signature of a call that no model has made. */
  private static final Set<String> STAND_INS =
      Set.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");

  private final AtomicInteger answers = new AtomicInteger();

  @Override
  public String path() {
    return "/v1beta/openai";
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    Optional<KnownMembers.Unknown> unknown = KNOWN.unknown(request);
    if (unknown.isPresent()) {
      return invalid(
          "Invalid JSON payload received. Unknown name \"%s\": Cannot find field."
              .formatted(unknown.get().name()));
    }
    List<WireMessage> messages = request.conversation();
    if (messages.getLast().is("assistant")) {
      return invalid("Please ensure that the request ends with a user turn.");
    }
    for (int i = 0; i < messages.size(); i++) {
      WireMessage before = i == 0 ? null : messages.get(i - 1);
      if (messages.get(i).callsTools()
          && (before == null || !(before.is("user") || before.is("tool")))) {
        return invalid(
            "Please ensure that function call turn comes immediately after a user turn or after a"
                + " function response turn.");
      }
    }
    if (new CallsAndResults(messages).fault().isPresent()) {
      return invalid(
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
    }
    return request.currentTurn().stream()
        .filter(message -> message.callsTools() && !isSigned(message))
        .findFirst()
        .map(Gemini::unsigned)
        .orElse(null);
  }

  /** The first of parallel calls carries it. */
  private boolean isSigned(WireMessage message) {
    String signature =
        message.calls().getFirst().at("/extra_content/google/thought_signature").asText();
    return STAND_INS.contains(signature) || signature.startsWith("EjQKMgEdCw");
  }

  private static Refusal unsigned(WireMessage message) {
    return invalid(
        "Function call is missing a thought_signature in functionCall parts. This is required for"
            + " tools to work correctly, and missing thought_signature may lead to degraded model"
            + " performance. Additional data, function call `default_api:%s` , position %d. Please"
                .formatted(
                    message.calls().getFirst().at("/function/name").asText(), message.index())
            + " refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more"
            + " details.");
  }

  private static Refusal invalid(String message) {
    var body = JsonNodeFactory.instance.arrayNode();
    body.addObject()
        .putObject("error")
        .put("code", 400)
        .put("message", message)
        .put("status", "INVALID_ARGUMENT");
    return new Refusal(400, body.toString());
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("r-%04d".formatted(number), "function-call-%019d".formatted(number), thought);
    ObjectNode signed = answer.isCall() ? answer.toolCall() : answer.message();
    signed
        .putObject("extra_content")
        .putObject("google")
        .put("thought_signature", "EjQKMgEdCw%04d==".formatted(number));
    if (answer.isCall()) {
      answer.message().remove("content");
    }
    return answer;
  }

  @Override
  public Streaming streaming() {
    return Streaming.WHOLE;
  }
}
