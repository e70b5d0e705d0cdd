package dev.countersign.app.chat.model.server;

/** All kinds that are played. */
public enum ServerKinds {
  OPENAI,
  AZURE_OPENAI,
  OLLAMA,
  VLLM,
  VLLM_MISTRAL,
  VLLM_KIMI_K2,
  LLAMA_CPP,
  LM_STUDIO,
  MISTRAL,
  MISTRAL_MAGISTRAL,
  GEMINI,
  DEEPSEEK,
  GROQ,
  OPENROUTER,
  LITELLM_ANTHROPIC,
  LITELLM_BEDROCK,
  LITELLM_GEMINI;

  /** Starts a server of this kind, to which nobody has spoken yet. */
  public ModelServer start() {
    return new ModelServer(kind());
  }

  private ServerKind kind() {
    return switch (this) {
      case OPENAI -> new OpenAi();
      case AZURE_OPENAI -> new AzureOpenAi();
      case OLLAMA -> new Ollama();
      case VLLM -> new Vllm();
      case VLLM_MISTRAL -> new VllmWithMistral();
      case VLLM_KIMI_K2 -> new VllmWithKimi();
      case LLAMA_CPP -> new LlamaCpp();
      case LM_STUDIO -> new LmStudio();
      case MISTRAL -> new Mistral(false);
      case MISTRAL_MAGISTRAL -> new Mistral(true);
      case GEMINI -> new Gemini();
      case DEEPSEEK -> new DeepSeek();
      case GROQ -> new Groq();
      case OPENROUTER -> new OpenRouter();
      case LITELLM_ANTHROPIC -> new LiteLlm(LiteLlm.Upstream.ANTHROPIC);
      case LITELLM_BEDROCK -> new LiteLlm(LiteLlm.Upstream.BEDROCK);
      case LITELLM_GEMINI -> new LiteLlm(LiteLlm.Upstream.GEMINI);
    };
  }
}
