package dev.countersign.ping;

import dev.countersign.approval.NotificationTokens;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.temporal.CountersignTemporal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the provider's pings. Whoever secures the application must let them in at {@link #PATH}
 * without a login: their bearer tokens are checked here.
 */
@AutoConfiguration
@ConditionalOnCountersign
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class PingAutoConfiguration {
  /** Where the provider pings ({@code POST}). */
  public static final String PATH = "/ciba/notification";

  @Bean
  NotificationController countersignNotificationController(
      ObjectProvider<NotificationTokens> tokens, CountersignTemporal temporal, JsonMapper json) {
    return new NotificationController(tokens, temporal.client(), json);
  }
}
