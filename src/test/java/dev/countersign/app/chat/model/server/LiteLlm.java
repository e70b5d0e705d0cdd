package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** LiteLLM's proxy before the models of others. */
final class LiteLlm implements ServerKind {
  /** Whose models. */
  enum Upstream {
    /** Tools must be declared where a call was made; older releases want that. */
    ANTHROPIC,
    /** The same, and none may be forbidden. */
    BEDROCK,
    /** Its signatures travel in the ids of calls. */
    GEMINI
  }

  private static final String SIGNATURE = "__thought__EjQKMgEdCw+/" + "aB3/".repeat(100) + "==";

  private final AtomicInteger answers = new AtomicInteger();
  private final Upstream upstream;

  LiteLlm(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public @Nullable Refusal refusal(WireRequest request) {
    return switch (upstream) {
      case ANTHROPIC ->
          request.hasCalls() && !request.declaresTools() ? undeclared("Anthropic") : null;
      case BEDROCK -> {
        if (request.hasCalls() && !request.declaresTools()) {
          yield undeclared("Bedrock");
        }
        yield request.toolChoice().equals("none")
            ? refused(
                "litellm.UnsupportedParamsError: Bedrock doesn't support tool_choice=none. To drop"
                    + " it from the call, set `litellm.drop_params = True.")
            : null;
      }
      case GEMINI ->
          request.currentTurn().stream()
                  .flatMap(message -> message.calls().stream())
                  .map(call -> call.path("id").asText())
                  .anyMatch(id -> id.contains("__thought__") && !id.endsWith(SIGNATURE))
              ? refused(
                  "litellm.BadRequestError: GeminiException BadRequestError - Corrupted thought"
                      + " signature.")
              : null;
    };
  }

  private static Refusal undeclared(String provider) {
    return refused(
        "litellm.UnsupportedParamsError: %s doesn't support tool calling without `tools=` param"
                .formatted(provider)
            + " specified. Pass `tools=` param OR set `litellm.modify_params = True` //"
            + " `litellm_settings::modify_params: True` to add dummy tool to the request.");
  }

  private static Refusal refused(String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put(
            "message",
            message + ". Received Model Group=a-model\nAvailable Model Group Fallbacks=None")
        .put("type", "None")
        .put("param", "None")
        .put("code", "400");
    return new Refusal(400, body.toString());
  }

  @Override
  public Completion answer(WireRequest request, Thought thought) {
    int number = answers.incrementAndGet();
    Completion answer =
        Completion.of(
            "chatcmpl-%04d".formatted(number),
            upstream == Upstream.GEMINI
                ? "call_%028x%s".formatted(number, SIGNATURE)
                : "toolu_01%022d".formatted(number),
            thought);
    if (answer.isCall()) {
      answer.toolCall().put("index", 0);
      answer.message().putNull("function_call");
    }
    answer.message().putObject("provider_specific_fields").putNull("citations");
    return answer;
  }
}
