package dev.countersign.app.chat.model;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Locale;
import java.util.Map;

/**
 * Whose API a model has, as OpenTelemetry's semantic conventions for generative AI name it ({@code
 * gen_ai.provider.name}), so that dashboards made for them find it.
 */
final class ProviderName {
  /** By LangChain4j's names. */
  private static final Map<String, String> WELL_KNOWN =
      Map.of(
          "OPEN_AI", "openai",
          "AZURE_OPEN_AI", "azure.ai.openai",
          "MICROSOFT_FOUNDRY", "azure.ai.inference",
          "AMAZON_BEDROCK", "aws.bedrock",
          "GOOGLE_AI_GEMINI", "gcp.gemini",
          "GOOGLE_GENAI", "gcp.gen_ai",
          "GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai",
          "GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai",
          "WATSONX", "ibm.watsonx.ai");

  private ProviderName() {}

  /** The conventions' name, or LangChain4j's in lower case, such as {@code ollama}. */
  static String of(ChatModel model) {
    String name = model.provider().name();
    return WELL_KNOWN.getOrDefault(name, name.toLowerCase(Locale.ROOT));
  }
}
