package dev.countersign.temporal;

import dev.countersign.approval.Waits;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.lease.Lease;
import dev.countersign.lease.LeaseWorkers;
import dev.countersign.lease.TakeOver;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.payload.SealedPayloads;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Countersign's own connection to Temporal, and its workers. No bean is of a type of Temporal's:
 * those are the host's.
 */
@AutoConfiguration
@ConditionalOnCountersign
@EnableConfigurationProperties({TemporalSettings.class, PayloadSettings.class})
public class TemporalAutoConfiguration {
  /** Twice what a server without refresh on read was seen to take. */
  private static final Duration NEW_ATTRIBUTE = Duration.ofMinutes(1);

  /** With one attempt's own 10 s, a call without an answer ends after about 10 s. */
  private static final Duration CALL_RETRIES = Duration.ofSeconds(8);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Bean
  static HostDefaults countersignHostDefaults(ConfigurableEnvironment environment) {
    return new HostDefaults(environment);
  }

  @Bean
  @ConditionalOnMissingBean
  CountersignTemporal countersignTemporal(
      TemporalSettings settings,
      PayloadSettings payloads,
      PayloadSeal seal,
      ObjectProvider<TemporalReachability> reachability,
      ObjectProvider<TemporalCustomizer> customizers,
      ObjectProvider<TemporalInterceptors> interceptors,
      ObjectProvider<MeterRegistry> meters,
      RemoteClocks clocks) {
    return new OwnTemporal(
            settings,
            new BoundedCalls(CALL_RETRIES, () -> reachability.getObject().isReachable()),
            new OwnTemporal.Payloads(payloads.mode(), codec(payloads, seal)),
            customizers.orderedStream().toList(),
            TemporalInterceptors.all(interceptors.orderedStream().toList()))
        .connect(meters.getIfAvailable(), starts(clocks));
  }

  private static SealedPayloads codec(PayloadSettings payloads, PayloadSeal seal) {
    return switch (payloads.mode()) {
      case PLAIN -> SealedPayloads.reading(seal);
      case SEALED -> SealedPayloads.sealing(seal, payloads.plainUntil(), InstantSource.system());
    };
  }

  @Bean
  PayloadSeal countersignPayloadSeal(Vault vault, TemporalSettings settings) {
    return new PayloadSeal(vault, settings.namespace());
  }

  private static ActivityStartInterceptor starts(RemoteClocks clocks) {
    return new ActivityStartInterceptor(clocks.of(RemoteClocks.TEMPORAL));
  }

  @Bean
  TemporalServer countersignTemporalServer(CountersignTemporal temporal) {
    return new GrpcTemporalServer(temporal.stubs(), temporal.namespace());
  }

  @Bean
  OperatorSearchAttributes countersignOperatorSearchAttributes(CountersignTemporal temporal) {
    return new OperatorSearchAttributes(temporal.stubs(), temporal.namespace());
  }

  @Bean
  SearchAttributeCheck countersignSearchAttributeCheck(
      OperatorSearchAttributes registry,
      CountersignTemporal temporal,
      RequiredSearchAttributes required) {
    return new SearchAttributeCheck(
        registry, temporal.namespace(), required, NEW_ATTRIBUTE, BETWEEN_LOOKS);
  }

  @Bean
  TemporalStartup countersignTemporalStartup(
      TemporalServer server,
      SearchAttributeCheck check,
      TemporalSettings settings,
      PayloadSettings payloads,
      CountersignTemporal temporal) {
    requireSealing(temporal, payloads);
    return new TemporalStartup(server, check, settings, temporal.namespace());
  }

  /** A connection of the host's in place of ours has a data converter of the host's. */
  private static void requireSealing(CountersignTemporal temporal, PayloadSettings payloads) {
    boolean seals =
        temporal
            .client()
            .getOptions()
            .getDataConverter()
            .toPayload("")
            .map(PayloadSeal::isSealed)
            .orElse(false);
    if (payloads.mode() == PayloadSettings.Mode.SEALED && !seals) {
      throw new InvalidSettingException(
          "countersign.temporal.payloads.mode (COUNTERSIGN_TEMPORAL_PAYLOADS_MODE) is sealed, but"
              + " the client of the CountersignTemporal bean doesn't seal. Set it to plain, and have"
              + " that client's data converter encrypt; or give it SealedPayloads.");
    }
  }

  @Bean
  TemporalReachability countersignTemporalReachability(TemporalServer server) {
    return new TemporalReachability(server, System::nanoTime);
  }

  @Bean(destroyMethod = "") // its lifecycle closes it, before the channel
  LeaseWorkers countersignLeaseWorkers(
      CountersignTemporal temporal, ObjectProvider<TakeOver> takeOvers, RemoteClocks clocks) {
    return LeaseWorkers.of(
        temporal.client(), temporal.taskQueues(), takeOvers.stream().toList(), starts(clocks));
  }

  @Bean
  Lease countersignLease(LeaseWorkers workers) {
    return workers.lease();
  }

  @Bean
  LeaseLifecycle countersignLeaseLifecycle(LeaseWorkers workers) {
    return new LeaseLifecycle(workers);
  }

  @Bean
  WorkersLifecycle countersignWorkersLifecycle(
      CountersignTemporal temporal,
      ObjectProvider<WorkerRegistration> registrations,
      ObjectProvider<WaitWorker> waitWorker,
      ObjectProvider<Waits> waits) {
    Workers.make(temporal, registrations.orderedStream().toList(), waitWorker.getIfAvailable());
    return new WorkersLifecycle(temporal.workers(), waits);
  }

  /** Where the host has an actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(AbstractHealthIndicator.class)
  static class Health {

    @Bean
    TemporalHealthIndicator countersignTemporalHealthIndicator(
        TemporalReachability reachability,
        LeaseWorkers lease,
        WorkersLifecycle workers,
        TemporalStartup startup,
        Vault vault) {
      return new TemporalHealthIndicator(
          reachability, lease::sinceConfirmed, workers, startup::isRunning, vault);
    }
  }
}
