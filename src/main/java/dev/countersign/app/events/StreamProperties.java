package dev.countersign.app.events;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event streams of conversations.
 *
 * @param streamsPerUser most streams that a user may have open at this process, 1 to 1,000
 */
@ConfigurationProperties("countersign.chat")
public record StreamProperties(@DefaultValue("20") int streamsPerUser) {
  private static final int MOST = 1_000;

  public StreamProperties {
    if (streamsPerUser < 1 || streamsPerUser > MOST) {
      throw new IllegalArgumentException(
          "countersign.chat.streams-per-user (COUNTERSIGN_CHAT_STREAMSPERUSER) must be 1 to 1000,"
              + " but is "
              + streamsPerUser
              + ".");
    }
  }
}
