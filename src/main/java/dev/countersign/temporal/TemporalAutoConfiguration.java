package dev.countersign.temporal;

import dev.countersign.approval.Waits;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.lease.Lease;
import dev.countersign.lease.LeaseWorkers;
import dev.countersign.lease.TakeOver;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the application has of Temporal beside the starter's client and workers. */
@AutoConfiguration
@ConditionalOnCountersign
@EnableConfigurationProperties(TemporalSettings.class)
public class TemporalAutoConfiguration {
  /** Twice what a server without refresh on read was seen to take. */
  private static final Duration NEW_ATTRIBUTE = Duration.ofMinutes(1);

  /** With one attempt's own 10 s, a call without an answer ends after about 10 s. */
  private static final Duration CALL_RETRIES = Duration.ofSeconds(8);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Bean
  BoundedCallsCustomizer boundedCalls(ObjectProvider<TemporalReachability> reachability) {
    return new BoundedCallsCustomizer(CALL_RETRIES, () -> reachability.getObject().isReachable());
  }

  @Bean
  TemporalServer temporalServer(WorkflowServiceStubs stubs, WorkflowClient client) {
    return new GrpcTemporalServer(stubs, client.getOptions().getNamespace());
  }

  @Bean(destroyMethod = "shutdown")
  OperatorServiceStubs operatorServiceStubs(WorkflowServiceStubs stubs) {
    return OperatorServiceStubs.newServiceStubs(
        OperatorServiceStubsOptions.newBuilder(stubs.getOptions()).validateAndBuildWithDefaults());
  }

  @Bean
  SearchAttributeCheck searchAttributeCheck(
      OperatorServiceStubs operator,
      WorkflowServiceStubs stubs,
      WorkflowClient client,
      RequiredSearchAttributes required) {
    String namespace = client.getOptions().getNamespace();
    return new SearchAttributeCheck(
        new OperatorSearchAttributes(operator, stubs, namespace),
        namespace,
        required,
        NEW_ATTRIBUTE,
        BETWEEN_LOOKS);
  }

  @Bean
  TemporalStartup temporalStartup(
      TemporalServer server,
      SearchAttributeCheck check,
      TemporalSettings settings,
      WorkflowClient client) {
    return new TemporalStartup(server, check, settings, client.getOptions().getNamespace());
  }

  @Bean
  TemporalReachability temporalReachability(TemporalServer server) {
    return new TemporalReachability(server, System::nanoTime);
  }

  /** The starter gives it to its workers. */
  @Bean
  ActivityStartInterceptor activityStarts(RemoteClocks clocks) {
    return new ActivityStartInterceptor(clocks.of(RemoteClocks.TEMPORAL));
  }

  @Bean
  ProcessIdentityCustomizer processIdentity() {
    return new ProcessIdentityCustomizer();
  }

  @Bean
  TaskQueues taskQueues() {
    return new TaskQueues("countersign");
  }

  @Bean(destroyMethod = "") // its lifecycle closes it, before the channel
  LeaseWorkers leaseWorkers(
      WorkflowClient client,
      TaskQueues taskQueues,
      ObjectProvider<TakeOver> takeOvers,
      ActivityStartInterceptor starts) {
    return LeaseWorkers.of(client, taskQueues, takeOvers.stream().toList(), starts);
  }

  @Bean
  Lease lease(LeaseWorkers workers) {
    return workers.lease();
  }

  @Bean
  LeaseLifecycle leaseLifecycle(LeaseWorkers workers) {
    return new LeaseLifecycle(workers);
  }

  @Bean
  PoliteShutdown politeShutdown(WorkerFactory workers, ObjectProvider<Waits> waits) {
    return new PoliteShutdown(workers, waits);
  }

  /** Where the host has an actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(AbstractHealthIndicator.class)
  static class Health {

    @Bean
    TemporalHealthIndicator temporalHealthIndicator(
        TemporalReachability reachability, TemporalStartup startup, WorkerFactory workers) {
      return new TemporalHealthIndicator(reachability, startup, workers);
    }
  }
}
