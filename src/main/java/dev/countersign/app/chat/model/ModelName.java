package dev.countersign.app.chat.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.Objects;

/**
 * What an operator calls a model.
 *
 * @param model its name
 * @param address where its server is, or in words that it is not known here
 */
record ModelName(String model, String address) {

  /** Of a model that may be that of the settings. */
  static ModelName of(ChatModel model, ModelProperties properties) {
    String name = model.defaultRequestParameters().modelName();
    return model instanceof OpenAiChatModel
        ? new ModelName(
            Objects.requireNonNullElse(name, String.valueOf(properties.name())),
            String.valueOf(properties.baseUrl()))
        : new ModelName(
            Objects.requireNonNullElse(name, model.getClass().getName()),
            "a ChatModel of the application's own");
  }
}
