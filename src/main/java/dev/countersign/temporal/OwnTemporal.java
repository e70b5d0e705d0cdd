package dev.countersign.temporal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import dev.countersign.payload.SealedPayloads;
import dev.countersign.settings.InvalidSettingException;
import io.grpc.ConnectivityState;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connection of the settings, and what uses it.
 *
 * @param calls how long they are retried
 * @param payloads what becomes of payloads, after the host's own converter
 * @param customizers of the host's, which have the last word but on that
 * @param interceptors beside those of the customizers
 */
record OwnTemporal(
    TemporalSettings settings,
    BoundedCalls calls,
    Payloads payloads,
    List<TemporalCustomizer> customizers,
    TemporalInterceptors interceptors) {
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  /** The registry is the host's, who may go on with it. */
  private static final class HostsMeters extends MicrometerClientStatsReporter {
    private HostsMeters(MeterRegistry meters) {
      super(meters);
    }

    @Override
    public void close() {
      // whoever has made it closes it
    }
  }

  /**
   * Begins to connect, while the start goes on, and waits for nothing.
   *
   * @param meters get the SDK's metrics; null: nobody wants them
   * @param starts hears of each activity that starts here
   */
  CountersignTemporal connect(@Nullable MeterRegistry meters, WorkerInterceptor starts) {
    var connection = Connection.options(settings);
    calls.applyTo(connection);
    Scope metrics =
        meters == null
            ? new NoopScope()
            : new RootScopeBuilder().reporter(new HostsMeters(meters)).reportEvery(BETWEEN_REPORTS);
    connection.setMetricsScope(metrics);
    customizers.forEach(customizer -> customizer.connection(connection));
    var options =
        WorkflowClientOptions.newBuilder()
            .setNamespace(settings.namespace())
            .setDataConverter(converter())
            .setIdentity(ProcessIdentity.next());
    customizers.forEach(customizer -> customizer.client(options));
    WorkflowClientOptions made = options.build();
    options.setDataConverter(payloads.around(made.getDataConverter()));
    options.setInterceptors(
        Stream.concat(
                Stream.ofNullable(made.getInterceptors()).flatMap(Stream::of), // null: none is set
                interceptors.client().stream())
            .toArray(WorkflowClientInterceptor[]::new));
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(connection.build());
    ConnectivityState _ = stubs.getRawChannel().getState(true);
    WorkflowClient client = WorkflowClient.newInstance(stubs, options.build());
    return new CountersignTemporal(
        client,
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(
                    Stream.concat(Stream.of(starts), interceptors.workers().stream())
                        .toArray(WorkerInterceptor[]::new))
                .build()),
        settings.taskQueues(),
        metrics);
  }

  /**
   * The SDK's, whose buffers all threads share: each activity that waits for a decision would keep
   * 24 KiB of its own.
   */
  private static DataConverter converter() {
    JsonFactory factory =
        JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(
            new JacksonJsonPayloadConverter(
                JacksonJsonPayloadConverter.newDefaultObjectMapper().copyWith(factory)));
  }

  /**
   * What becomes of payloads.
   *
   * @param mode as it is set
   * @param codec of that mode
   */
  record Payloads(PayloadSettings.Mode mode, SealedPayloads codec) {

    /**
     * A converter that does as is set, with what the host's makes.
     *
     * @throws InvalidSettingException if the host has a codec of its own
     */
    DataConverter around(DataConverter hosts) {
      if (!(hosts instanceof CodecDataConverter)) {
        return codec.around(hosts);
      }
      if (mode == PayloadSettings.Mode.PLAIN) {
        return hosts;
      }
      throw new InvalidSettingException(
          "countersign.temporal.payloads.mode (COUNTERSIGN_TEMPORAL_PAYLOADS_MODE) is sealed, but a"
              + " TemporalCustomizer sets a data converter with a codec. Set it to plain, and"
              + " payloads are encoded by that codec alone; or give the customizer's converter no"
              + " codec.");
    }
  }
}
