package dev.countersign.autoconfigure;

import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.NotificationTokens;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.SlotSharing;
import dev.countersign.approval.WaitAudit;
import dev.countersign.approval.WaitTakeOver;
import dev.countersign.approval.Waits;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.lease.Lease;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.spring.boot.WorkerOptionsCustomizer;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Approvals by the identity provider of the settings. */
@AutoConfiguration
@ConditionalOnCountersign
public class ApprovalAutoConfiguration {
  /** After a take-over a thousand waits come at a time. */
  private static final int POLLERS = 10;

  @Bean
  Vault vault(KeysProperties keys) {
    return keys.vault();
  }

  @Bean
  Waits waits(Lease lease) {
    return new Waits(lease);
  }

  @Bean
  WaitTakeOver waitTakeOver(WorkflowClient client, TaskQueues taskQueues) {
    return new WaitTakeOver(client, taskQueues, ApprovalAttributes.AWAITING_APPROVAL);
  }

  @Bean
  WaitAudit waitAudit(WorkflowClient client, TaskQueues taskQueues, Waits waits) {
    return new WaitAudit(client, taskQueues, ApprovalAttributes.AWAITING_APPROVAL, waits);
  }

  @Bean
  SlotSharing slotSharing(
      WorkflowClient client, TaskQueues taskQueues, Waits waits, ApprovalProperties approval) {
    return new SlotSharing(client, taskQueues.waits(), waits, approval.slots());
  }

  /** The worker of the waits: its own, so that waiting never starves ordering. */
  @Bean
  WorkerOptionsCustomizer waitWorker(ApprovalProperties approval) {
    return (options, _, taskQueue) ->
        taskQueue.equals(ApprovalActivities.WAIT_TASK_QUEUE)
            ? options
                .setMaxConcurrentActivityExecutionSize(approval.slots())
                .setMaxConcurrentActivityTaskPollers(POLLERS)
                .setAllowActivityHeartbeatDuringShutdown(true) // or it polls for 5 s more
            : options;
  }

  /** In ping mode only: without it nothing is notified. */
  @Bean
  @ConditionalOnProperty(name = "countersign.ciba.delivery-mode", havingValue = "ping")
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
      Waits waits,
      PollingSettings polling,
      ObjectProvider<Clock> clock) {
    return new ApprovalActivitiesImpl(
        client, vault, loginHint, waits, polling, clock.getIfUnique(Clock::systemUTC));
  }
}
