package dev.countersign.app.chat.model.server;

import java.util.function.Supplier;

/** All kinds that are played. */
public enum ServerKinds {
  OPENAI(OpenAi::new),
  AZURE_OPENAI(AzureOpenAi::new),
  OLLAMA(Ollama::new),
  VLLM(Vllm::new),
  VLLM_MISTRAL(VllmWithMistral::new),
  VLLM_KIMI_K2(VllmWithKimi::new),
  LLAMA_CPP(LlamaCpp::new),
  LM_STUDIO(LmStudio::new),
  MISTRAL(() -> new Mistral(false)),
  MISTRAL_MAGISTRAL(() -> new Mistral(true)),
  GEMINI(Gemini::new),
  DEEPSEEK(DeepSeek::new),
  GROQ(Groq::new),
  OPENROUTER(OpenRouter::new),
  LITELLM_ANTHROPIC(() -> new LiteLlm(LiteLlm.Upstream.ANTHROPIC)),
  LITELLM_BEDROCK(() -> new LiteLlm(LiteLlm.Upstream.BEDROCK)),
  LITELLM_GEMINI(() -> new LiteLlm(LiteLlm.Upstream.GEMINI));

  private final Supplier<ServerKind> made;

  ServerKinds(Supplier<ServerKind> made) {
    this.made = made;
  }

  /** Starts a server of this kind, to which nobody has spoken yet. */
  public ModelServer start() {
    return new ModelServer(made.get());
  }
}
