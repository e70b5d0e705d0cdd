package dev.countersign.app.chat.model;

import dev.countersign.app.chat.tool.Tools;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** The model of the settings, on the wire, for tests. */
public final class WiredModel {
  private WiredModel() {}

  /** Settings that name the model, and are else as they come. */
  static ModelProperties properties(
      @Nullable String apiKey, @Nullable String baseUrl, @Nullable String name) {
    return new ModelProperties(apiKey, baseUrl, name, null, null, null, null, null);
  }

  /** The activities of a conversation that has this model. */
  static ModelActivitiesImpl of(ModelProperties properties, Tools tools, MeterRegistry meters) {
    return new ModelActivitiesImpl(
        new ModelConfiguration().openAiChatModel(properties),
        tools,
        meters,
        properties,
        new ModelRecord());
  }
}
