package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Mistral's own API: it forbids members that it doesn't know, {@code include_usage} among them. */
final class Mistral implements ServerKind {
  private static final KnownMembers KNOWN =
      new KnownMembers(
          Set.of(
              "model",
              "messages",
              "temperature",
              "top_p",
              "max_tokens",
              "stream",
              "stream_options",
              "stop",
              "random_seed",
              "response_format",
              "tools",
              "tool_choice",
              "presence_penalty",
              "frequency_penalty",
              "n",
              "prediction",
              "parallel_tool_calls",
              "prompt_mode",
              "reasoning_effort",
              "safe_prompt",
              "metadata"),
          Set.of("role", "content", "tool_calls", "tool_call_id", "prefix", "name"),
          Set.of("id", "type", "function", "index"));

  private final AtomicInteger answers = new AtomicInteger();
  private final boolean thinks;

  /**
   * One of its models.
   *
   * @param thinks as Magistral does: its content is then a list of thoughts and words
   */
  Mistral(boolean thinks) {
    this.thinks = thinks;
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    Optional<KnownMembers.Unknown> unknown = KNOWN.unknown(request);
    if (unknown.isPresent()) {
      return forbidden(unknown.get());
    }
    if (request.body().path("stream_options").has("include_usage")) {
      return forbidden(List.of("body", "stream_options", "include_usage"));
    }
    return MistralRules.fault(request.messages()).map(Mistral::refusal).orElse(null);
  }

  private static Refusal forbidden(KnownMembers.Unknown unknown) {
    List<String> place = new ArrayList<>(List.of("body"));
    unknown
        .message()
        .ifPresent(message ->
            place.addAll(List.of("messages", String.valueOf(message.index()), message.role())));
    place.add(unknown.name());
    return forbidden(place);
  }

  private static Refusal forbidden(List<String> place) {
    ObjectNode body = body("invalid_request_error");
    ObjectNode detail =
        body.putObject("message").putArray("detail").addObject().put("type", "extra_forbidden");
    place.forEach(detail.putArray("loc")::add);
    detail.put("msg", "Extra inputs are not permitted");
    return new Refusal(422, body.toString());
  }

  private static Refusal refusal(MistralRules.Fault fault) {
    return new Refusal(
        400,
        body(fault.type()).put("message", fault.message()).put("code", fault.code()).toString());
  }

  private static ObjectNode body(String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("object", "error")
        .put("type", type)
        .putNull("param")
        .putNull("code");
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of("%032x".formatted(number), "D681PevK%d".formatted(number % 10), thought);
    if (answer.isCall()) {
      answer.message().put("content", "");
      answer.toolCall().put("index", 0);
    }
    if (thinks && thought instanceof Thought.Words(var text)) {
      var content = answer.message().putArray("content");
      content
          .addObject()
          .put("type", "thinking")
          .putArray("thinking")
          .addObject()
          .put("type", "text")
          .put("text", "The user wants an answer.");
      content.addObject().put("type", "text").put("text", text);
    }
    return answer;
  }

  @Override
  public Streaming streaming() {
    return Streaming.WHOLE_WITH_USAGE;
  }
}
