package dev.countersign.temporal;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connection of the settings, and what uses it.
 *
 * @param calls how long they are retried
 * @param customizers of the host's, which have the last word
 */
record OwnTemporal(
    TemporalSettings settings, BoundedCalls calls, List<TemporalCustomizer> customizers) {
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  /**
   * Connects at the first call, not before.
   *
   * @param meters get the SDK's metrics; null: nobody wants them
   * @param interceptor hears of each activity that starts here
   */
  CountersignTemporal connect(@Nullable MeterRegistry meters, WorkerInterceptor interceptor) {
    var connection = Connection.options(settings);
    calls.applyTo(connection);
    Scope metrics =
        meters == null
            ? new NoopScope()
            : new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(meters))
                .reportEvery(BETWEEN_REPORTS);
    connection.setMetricsScope(metrics);
    customizers.forEach(customizer -> customizer.connection(connection));
    var options =
        WorkflowClientOptions.newBuilder()
            .setNamespace(settings.namespace())
            .setDataConverter(DefaultDataConverter.newDefaultInstance())
            .setIdentity(ProcessIdentity.next());
    customizers.forEach(customizer -> customizer.client(options));
    WorkflowClient client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(connection.build()), options.build());
    return new CountersignTemporal(
        client,
        WorkerFactory.newInstance(
            client, WorkerFactoryOptions.newBuilder().setWorkerInterceptors(interceptor).build()),
        settings.taskQueues(),
        metrics);
  }
}
