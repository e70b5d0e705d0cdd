package dev.countersign.app.chat.model.server;

import org.jspecify.annotations.Nullable;

/** Servers that can't call tools, for something is not switched on there. */
public enum UnreadyServers {
  VLLM_WITHOUT_FLAGS(
      Vllm.badRequest(
          "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be"
              + " set")),
  LLAMA_CPP_WITHOUT_JINJA(
      Refusal.openAi(500, "server_error", "500", "tools param requires --jinja flag")),
  OLLAMA_WITHOUT_TOOLS(
      Refusal.openAi(
          400, "api_error", "", "registry.ollama.ai/library/gemma3:latest does not support tools")),
  HERMES("<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"),
  QWEN_CODER(
      "<tool_call>\n<function=%s>\n<parameter=product>\n%s\n</parameter>\n</function>\n</tool_call>"),
  MISTRAL("[TOOL_CALLS][{\"name\": \"%s\", \"arguments\": %s}]"),
  MISTRAL_NEW("[TOOL_CALLS]%s[ARGS]%s"),
  LLAMA("<|python_tag|>{\"name\": \"%s\", \"parameters\": %s}"),
  LLAMA_BARE("{\"name\": \"%s\", \"parameters\": %s}"),
  LLAMA_PYTHONIC("[%s(product='headphones', qty=2)]"),
  FUNCTION_TAG("<function=%s>%s</function>"),
  FENCED("```json\n{\"name\": \"%s\", \"arguments\": %s}\n```"),
  KIMI(
      "<|tool_calls_section_begin|><|tool_call_begin|>functions.%s:0<|tool_call_argument_begin|>%s"
          + "<|tool_call_end|><|tool_calls_section_end|>"),
  DEEPSEEK(
      "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>%s\n```json\n%s\n```"
          + "<｜tool▁call▁end｜><｜tool▁calls▁end｜>"),
  HARMONY("<|channel|>commentary to=functions.%s <|constrain|>json<|message|>%s<|call|>"),
  LFM("<|tool_call_start|>[%s(product='headphones', qty=2)]<|tool_call_end|>");

  private final int status;
  private final String words;

  /** One that refuses tools. */
  UnreadyServers(Refusal refusal) {
    status = refusal.status();
    words = refusal.body();
  }

  /** One whose calls are words: its name and its arguments in a form of their own. */
  UnreadyServers(String markup) {
    status = 200;
    words = markup;
  }

  /** Starts it. */
  public ModelServer start() {
    return new ModelServer(new Unready());
  }

  private final class Unready implements ServerKind {
    @Override
    public @Nullable Refusal refusal(WireRequest request) {
      return status != 200 && request.offersTools() ? new Refusal(status, words) : null;
    }

    @Override
    public Completion answer(WireRequest request, Thought thought) {
      String text =
          switch (thought) {
            case Thought.Words(var said) -> said;
            case Thought.Call call -> words.formatted(call.tool(), call.arguments());
          };
      return Completion.words("chatcmpl-1", text);
    }
  }
}
