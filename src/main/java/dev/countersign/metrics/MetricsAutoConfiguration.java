package dev.countersign.metrics;

import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.approval.PollingSettings;
import dev.countersign.approval.Waits;
import dev.countersign.client.WorkflowCounts;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.lease.LeaseWorkers;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.temporal.CountersignTemporal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics, where the host has a registry of them. */
@AutoConfiguration
@ConditionalOnCountersign
public class MetricsAutoConfiguration {

  /** The host's registry, or one that keeps nothing. */
  public static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
    return meters.getIfUnique(CompositeMeterRegistry::new);
  }

  @Bean
  AuditMeters countersignAuditMeters(ObjectProvider<MeterRegistry> meters, ToolRegistry tools) {
    return new AuditMeters(registry(meters), tools::names).begin();
  }

  @Bean
  ApprovedCalls countersignApprovedCalls(CountersignTemporal temporal, RemoteClocks clocks) {
    return new ApprovedCalls(
            new TemporalCallLooks(temporal.client(), waiting(temporal)),
            clocks.of(RemoteClocks.TEMPORAL))
        .begin();
  }

  @Bean
  CallMeters countersignCallMeters(
      CountersignTemporal temporal, ApprovedCalls approved, RemoteClocks clocks) {
    return new CallMeters(
        new PendingCalls(
            waiting(temporal),
            new WorkflowCounts(temporal.client())::count,
            clocks.of(RemoteClocks.TEMPORAL)),
        approved);
  }

  private static String waiting(CountersignTemporal temporal) {
    return "TaskQueue = '%s' AND %s"
        .formatted(temporal.taskQueues().workflows(), ApprovalAttributes.AWAITING_APPROVAL);
  }

  @Bean
  ProcessMeters countersignProcessMeters(
      Waits waits,
      ApprovalActivitiesImpl approvals,
      PollingSettings polling,
      LeaseWorkers lease,
      RemoteClocks clocks) {
    return new ProcessMeters(waits, approvals, polling, lease, clocks);
  }

  /** Where the host has an actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(AbstractHealthIndicator.class)
  static class Health {

    @Bean
    PeersHealthIndicator countersignPeersHealthIndicator(ObjectProvider<MeterRegistry> meters) {
      return new PeersHealthIndicator(registry(meters));
    }
  }
}
