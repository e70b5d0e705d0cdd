package dev.countersign.chat;

import dev.countersign.InvalidSettingException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;

/** The language model of the settings, unless another {@link ChatModel} is there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatProperties.class)
class ChatConfiguration {

  /** Lazy, so that a missing key is no fault where another model is used. */
  @Bean
  @Lazy
  @Fallback
  ChatModel openAiChatModel(ChatProperties properties) {
    if (properties.apiKey() == null || properties.apiKey().isEmpty()) {
      throw new InvalidSettingException(
          "OPENAI_API_KEY is not set. Set it to the API key of your model (with OPENAI_BASE_URL for"
              + " another provider than OpenAI).");
    }
    return OpenAiChatModel.builder()
        .apiKey(properties.apiKey())
        .baseUrl(properties.baseUrl())
        .modelName(properties.name())
        .timeout(ModelOptions.CALL_TIMEOUT)
        .maxRetries(0) // the activity is retried instead
        .build();
  }
}
