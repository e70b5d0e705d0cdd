package dev.countersign.app.chat.model;

import dev.countersign.app.chat.tool.ToolFixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The model's activity as the application makes it of its settings. */
public final class WiredModel implements ModelActivities, AutoCloseable {
  private final ModelActivitiesImpl activities;

  /**
   * Made of settings.
   *
   * @param url {@code OPENAI_BASE_URL}
   * @param key {@code OPENAI_API_KEY}
   * @param name {@code OPENAI_MODEL}
   */
  public WiredModel(String url, String key, String name) {
    activities =
        new ModelActivitiesImpl(
            new ModelConfiguration().openAiChatModel(new ModelProperties(key, url, name)),
            ToolFixtures.tools(),
            new SimpleMeterRegistry());
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    return activities.callModel(call);
  }

  @Override
  public void close() {
    activities.close();
  }
}
