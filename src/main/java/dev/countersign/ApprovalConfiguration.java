package dev.countersign;

import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.DurableStore;
import dev.countersign.approval.HeartbeatTicker;
import dev.countersign.approval.NotificationTokens;
import dev.countersign.approval.PollingSettings;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.vault.Vault;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Approvals by the identity provider of the settings. */
@Configuration(proxyBeanMethods = false)
class ApprovalConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Vault vault(KeysProperties keys) {
    return keys.vault();
  }

  @Bean
  HeartbeatTicker heartbeatTicker() {
    return new HeartbeatTicker();
  }

  @Bean
  NotificationTokens notificationTokens(Vault vault) {
    return new NotificationTokens(vault);
  }

  @Bean
  PollingSettings pollingSettings(ApprovalProperties approval, CibaProperties ciba) {
    CibaSettings settings = ciba.settings();
    return new PollingSettings(
        approval.burst(),
        ciba.requestsPerSecond(),
        settings.startsPerMinute(),
        settings.startsPerUserAndMinute(),
        ciba.deliveryMode() == DeliveryMode.PING ? ciba.safetyInterval() : null);
  }

  @Bean
  ApprovalActivitiesImpl approvalActivities(
      BackchannelClient client,
      Vault vault,
      LoginHintTemplate loginHint,
      DurableStore store,
      HeartbeatTicker ticker,
      PollingSettings polling,
      Clock clock) {
    return new ApprovalActivitiesImpl(client, vault, loginHint, store, ticker, polling, clock);
  }
}
