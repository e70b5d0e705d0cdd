package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.wire.ModelHttpClientBuilder;
import dev.countersign.settings.InvalidSettingException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;

/** The language model of the settings, unless another {@link ChatModel} is there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelProperties.class)
class ModelConfiguration {
  private static final Logger log = LoggerFactory.getLogger(ModelConfiguration.class);

  /** Servers that take no key ignore it; proxies before them may want the header to be there. */
  private static final String NO_KEY = "none";

  @Bean
  ModelName modelName(ChatModel model, ModelProperties properties) {
    ModelName name = ModelName.of(model, properties);
    log.info("Language model: {} ({})", name.model(), name.address());
    return name;
  }

  @Bean
  ModelRecord modelRecord() {
    return new ModelRecord();
  }

  @Bean
  ModelHealthIndicator languageModelHealthIndicator(ModelName name, ModelRecord record) {
    return new ModelHealthIndicator(name, record);
  }

  /** Lazy, so that a missing key is no fault where another model is used. */
  @Bean
  @Lazy
  @Fallback
  ChatModel openAiChatModel(ModelProperties properties) {
    if (properties.lacksKey()) {
      throw new InvalidSettingException(
          "OPENAI_API_KEY is not set. Set it to the API key of your model, or set OPENAI_BASE_URL to"
              + " the address of a server that takes none, such as Ollama's.");
    }
    return OpenAiChatModel.builder()
        .apiKey("".equals(properties.apiKey()) ? NO_KEY : properties.apiKey())
        .baseUrl(properties.baseUrl())
        .modelName(properties.name())
        .httpClientBuilder(httpClient(properties))
        .timeout(properties.answerTimeout())
        .maxRetries(0) // the activity is retried instead
        .build();
  }

  private static ModelHttpClientBuilder httpClient(ModelProperties properties) {
    return new ModelHttpClientBuilder(
        Boolean.TRUE.equals(properties.stream()) ? properties.longestStream() : null,
        properties.namesCompletionTokens());
  }
}
