package dev.countersign.app.chat.model;

import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.tool.Tools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The model's activity as the application makes it of its settings. */
public final class WiredModel implements ModelActivities {
  private final ModelActivitiesImpl activities;

  /**
   * Made of settings.
   *
   * @param url {@code OPENAI_BASE_URL}
   * @param key {@code OPENAI_API_KEY}
   * @param name {@code OPENAI_MODEL}
   * @param streams whether answers are asked for as streams
   */
  public WiredModel(String url, String key, String name, boolean streams) {
    activities =
        of(
            new ModelProperties(key, url, name, null, null, null, null, null, streams),
            ToolFixtures.tools(),
            new SimpleMeterRegistry());
  }

  /** Settings that name the model, and are else as they come. */
  static ModelProperties properties(
      @Nullable String apiKey, @Nullable String baseUrl, @Nullable String name) {
    return new ModelProperties(apiKey, baseUrl, name, null, null, null, null, null, null);
  }

  /** The activity, made of all settings. */
  static ModelActivitiesImpl of(ModelProperties properties, Tools tools, MeterRegistry meters) {
    return of(properties, tools, meters, ChatBudget.UNLIMITED);
  }

  /** The same, for users who have a budget. */
  static ModelActivitiesImpl of(
      ModelProperties properties, Tools tools, MeterRegistry meters, ChatBudget budget) {
    return new ModelActivitiesImpl(
        new ModelConfiguration().openAiChatModel(properties),
        tools,
        meters,
        properties,
        new ModelRecord(),
        budget,
        Clock.systemUTC());
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    return activities.callModel(call);
  }
}
