package dev.countersign.autoconfigure;

import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.NotificationTokens;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.QuestionLimits;
import dev.countersign.approval.SlotSharing;
import dev.countersign.approval.WaitAudit;
import dev.countersign.approval.WaitTakeOver;
import dev.countersign.approval.Waits;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.lease.Lease;
import dev.countersign.metrics.MeteredProvider;
import dev.countersign.metrics.MetricsAutoConfiguration;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.temporal.WaitWorker;
import dev.countersign.temporal.WorkerRegistration;
import dev.countersign.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Approvals by the identity provider of the settings. */
@AutoConfiguration
@ConditionalOnCountersign
public class ApprovalAutoConfiguration {
  @Bean
  Vault countersignVault(KeysProperties keys) {
    return keys.vault();
  }

  @Bean
  Waits countersignWaits(Lease lease) {
    return new Waits(lease);
  }

  @Bean
  WaitTakeOver countersignWaitTakeOver(CountersignTemporal temporal) {
    return new WaitTakeOver(
        temporal.client(), temporal.taskQueues(), ApprovalAttributes.AWAITING_APPROVAL);
  }

  @Bean
  WaitAudit countersignWaitAudit(CountersignTemporal temporal, Waits waits) {
    return new WaitAudit(
        temporal.client(), temporal.taskQueues(), ApprovalAttributes.AWAITING_APPROVAL, waits);
  }

  @Bean
  SlotSharing countersignSlotSharing(
      CountersignTemporal temporal, Waits waits, ApprovalProperties approval) {
    return new SlotSharing(
        temporal.client(), temporal.taskQueues().waits(), waits, approval.slots());
  }

  /** In ping mode only: without it nothing is notified. */
  @Bean
  @ConditionalOnProperty(name = "countersign.ciba.delivery-mode", havingValue = "ping")
  NotificationTokens countersignNotificationTokens(Vault vault) {
    return new NotificationTokens(vault);
  }

  @Bean
  PollingSettings countersignPollingSettings(ApprovalProperties approval, CibaProperties ciba) {
    CibaSettings settings = ciba.settings();
    return new PollingSettings(
        approval.burst(),
        ciba.requestsPerSecond(),
        settings.startsPerMinute(),
        settings.startsPerUserAndMinute(),
        ciba.deliveryMode() == DeliveryMode.PING ? ciba.safetyInterval() : null);
  }

  @Bean
  ApprovalActivitiesImpl countersignApprovalActivities(
      BackchannelClient client,
      Vault vault,
      LoginHintTemplate loginHint,
      QuestionLimits limits,
      Waits waits,
      PollingSettings polling,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock) {
    Clock here = clock.getIfUnique(Clock::systemUTC);
    return new ApprovalActivitiesImpl(
        new MeteredProvider(client, MetricsAutoConfiguration.registry(meters), here),
        vault,
        loginHint,
        limits,
        waits,
        polling,
        here);
  }

  @Bean
  WorkerRegistration countersignApprovalRegistration(ApprovalActivitiesImpl activities) {
    return new WorkerRegistration(List.of(), List.of(activities));
  }

  @Bean
  WaitWorker countersignWaitWorker(ApprovalActivitiesImpl activities, ApprovalProperties approval) {
    return new WaitWorker(activities, approval.slots());
  }
}
