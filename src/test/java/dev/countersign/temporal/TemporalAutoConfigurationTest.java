package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.devservices.loopback.FreePort;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.vault.Vault;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** The library in an application that has a Temporal set-up of its own, or none. */
@Timeout(60)
class TemporalAutoConfigurationTest {
  private static final int PORT = FreePort.next();
  private static final String ADDRESS = "127.0.0.1:" + PORT;
  private static TestServer.PortBoundTestServer server;

  private final ApplicationContextRunner host =
      new ApplicationContextRunner()
          .withPropertyValues("spring.application.name=shop")
          .withBean(RequiredSearchAttributes.class, () -> new RequiredSearchAttributes(List.of()))
          .withBean(Vault.class, () -> Vault.withKeys("k1:" + "A".repeat(43) + "="))
          .withBean(
              RemoteClocks.class, () -> new RemoteClocks(Clock.systemUTC(), Duration.ofMinutes(5)))
          .withBean(
              WorkerRegistration.class,
              () -> new WorkerRegistration(List.of(GuestImpl.class), List.of()));

  private final ApplicationContextRunner hostAlone =
      host.withConfiguration(AutoConfigurations.of(TemporalAutoConfiguration.class))
          .withPropertyValues("countersign.temporal.address=" + ADDRESS);

  private final ApplicationContextRunner hostWithStarter =
      host.withConfiguration(
              AutoConfigurations.of(autoConfigurations("io.temporal.spring.boot.autoconfigure.")))
          .withPropertyValues(
              "spring.temporal.connection.target=" + ADDRESS,
              "spring.temporal.workers-auto-discovery.enabled=true",
              "spring.temporal.workers-auto-discovery.workflow-packages=dev.countersign",
              "spring.temporal.workers[0].task-queue=hosts",
              "spring.temporal.workers[0].workflow-classes[0]=" + HostImpl.class.getName());

  /** Says who runs it. */
  @WorkflowInterface
  public interface WhoAmI {
    @WorkflowMethod
    String answer();
  }

  /** On the library's worker. */
  public static class GuestImpl implements WhoAmI {
    @Override
    public String answer() {
      return "the guest";
    }
  }

  /** On the host's worker. */
  public static class HostImpl implements WhoAmI {
    @Override
    public String answer() {
      return "the host";
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.createPortBoundServer(PORT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Class<?>[] autoConfigurations(String ofPackage) {
    ClassLoader loader = TemporalAutoConfigurationTest.class.getClassLoader();
    return StreamSupport.stream(
            ImportCandidates.load(AutoConfiguration.class, loader).spliterator(), false)
        .filter(name -> name.startsWith(ofPackage))
        .map(name -> ClassUtils.resolveClassName(name, loader))
        .toArray(Class<?>[]::new);
  }

  /** What {@link SpringApplication} says at last, which there is none of here. */
  private static void getReady(AssertableApplicationContext context) {
    ConfigurableApplicationContext source =
        context.getSourceApplicationContext(ConfigurableApplicationContext.class);
    source.publishEvent(
        new ApplicationReadyEvent(new SpringApplication(), new String[0], source, Duration.ZERO));
  }

  private static String answer(WorkflowClient client, String taskQueue) {
    return client
        .newWorkflowStub(WhoAmI.class, WorkflowOptions.newBuilder().setTaskQueue(taskQueue).build())
        .answer();
  }

  @Test
  void worksBesideTheStarterOfItsHost() {
    hostWithStarter
        .withConfiguration(AutoConfigurations.of(TemporalAutoConfiguration.class))
        .run(context -> {
          getReady(context);
          assertThat(context)
              .hasSingleBean(WorkflowServiceStubs.class)
              .hasSingleBean(WorkflowClient.class)
              .hasSingleBean(WorkerFactory.class)
              .doesNotHaveBean(OperatorServiceStubs.class)
              .doesNotHaveBean(WorkerInterceptor.class)
              .doesNotHaveBean(TemporalOptionsCustomizer.class);
          WorkflowClient hosts = context.getBean(WorkflowClient.class);
          CountersignTemporal ours = context.getBean(CountersignTemporal.class);
          assertThat(answer(hosts, "hosts")).isEqualTo("the host");
          assertThat(answer(ours.client(), "shop")).isEqualTo("the guest");
          assertThat(context.getBean(WorkerFactory.class).tryGetWorker("shop")).isNull();
          assertThat(ours.workers().tryGetWorker("hosts")).isNull();
          assertThat(hosts.getOptions().getIdentity())
              .isNotEqualTo(ours.client().getOptions().getIdentity());
        });
  }

  @Test
  void worksWhereTheHostHasNoStarter() {
    hostAlone
        .withClassLoader(new FilteredClassLoader("io.temporal.spring"))
        .run(context -> {
          getReady(context);
          assertThat(context)
              .doesNotHaveBean(WorkflowClient.class)
              .doesNotHaveBean(WorkerFactory.class);
          assertThat(answer(context.getBean(CountersignTemporal.class).client(), "shop"))
              .isEqualTo("the guest");
        });
  }

  @Test
  void startsItsWorkersWhenTheApplicationIsReadyAndStopsThemFirst() {
    hostAlone.run(context -> {
      CountersignTemporal temporal = context.getBean(CountersignTemporal.class);
      assertThat(temporal.workers().isStarted()).isFalse();
      getReady(context);
      assertThat(temporal.workers().isStarted()).isTrue();
      context.getSourceApplicationContext(ConfigurableApplicationContext.class).close();
      assertThat(temporal.workers().isTerminated()).isTrue();
      assertThat(temporal.client().getWorkflowServiceStubs().isShutdown()).isTrue();
    });
  }

  @Test
  void allOfItIsSwitchedOff() {
    hostWithStarter
        .withConfiguration(AutoConfigurations.of(autoConfigurations("dev.countersign.")))
        .withPropertyValues("countersign.enabled=false")
        .run(context -> {
          getReady(context);
          assertThat(context).doesNotHaveBean(CountersignTemporal.class);
          assertThat(Arrays.stream(context.getBeanDefinitionNames()))
              .extracting(name -> String.valueOf(context.getType(name)))
              .filteredOn(type -> type.contains("dev.countersign."))
              .containsExactlyInAnyOrder( // the test's own
                  "class dev.countersign.temporal.RequiredSearchAttributes",
                  "class dev.countersign.vault.Vault",
                  "class dev.countersign.clock.RemoteClocks",
                  "class dev.countersign.temporal.WorkerRegistration");
          assertThat(answer(context.getBean(WorkflowClient.class), "hosts")).isEqualTo("the host");
        });
  }

  @Test
  void leaksNoBeanOfATypeThatIsNotItsOwn() {
    hostAlone.run(context ->
        assertThat(Arrays.stream(context.getBeanDefinitionNames()))
            .filteredOn(name ->
                String.valueOf(
                        context.getBeanFactory().getBeanDefinition(name).getFactoryBeanName())
                    .contains("TemporalAutoConfiguration"))
            .isNotEmpty()
            .extracting(name -> String.valueOf(context.getType(name)))
            .allSatisfy(type -> assertThat(type).contains(" dev.countersign.")));
  }

  @Test
  void takesWhatItsHostSaysOfTheConnectionAndNotItsDataConverter() {
    hostAlone
        .withBean(DataConverter.class, DefaultDataConverter::newDefaultInstance)
        .run(context ->
            assertThat(
                    context
                        .getBean(CountersignTemporal.class)
                        .client()
                        .getOptions()
                        .getDataConverter())
                .isNotSameAs(context.getBean(DataConverter.class)));
    hostAlone
        .withBean(
            TemporalCustomizer.class,
            () ->
                new TemporalCustomizer() {
                  @Override
                  public void connection(WorkflowServiceStubsOptions.Builder options) {
                    options.setRpcTimeout(Duration.ofSeconds(7));
                  }

                  @Override
                  public void client(WorkflowClientOptions.Builder options) {
                    options.setDataConverter(new HostsConverter());
                  }
                })
        .run(context -> {
          WorkflowClient client = context.getBean(CountersignTemporal.class).client();
          assertThat(client.getOptions().getDataConverter().toPayload("x"))
              .contains(HostsConverter.MADE);
          assertThat(client.getWorkflowServiceStubs().getOptions().getRpcTimeout())
              .isEqualTo(Duration.ofSeconds(7));
        });
  }

  /** Knows one payload only. */
  private static final class HostsConverter extends DefaultDataConverter {
    private static final Payload MADE =
        Payload.newBuilder().putMetadata("by", ByteString.copyFromUtf8("the host")).build();

    @Override
    public <T> Optional<Payload> toPayload(T value) {
      return Optional.of(MADE);
    }
  }

  private static TemporalCustomizer converter(DataConverter converter) {
    return new TemporalCustomizer() {
      @Override
      public void client(WorkflowClientOptions.Builder options) {
        options.setDataConverter(converter);
      }
    };
  }

  @Test
  void sealsWhatTheHostsConverterMakes() {
    hostAlone
        .withPropertyValues("countersign.temporal.payloads.mode=sealed")
        .withBean(TemporalCustomizer.class, () -> converter(new HostsConverter()))
        .run(context ->
            assertThat(
                    context
                        .getBean(CountersignTemporal.class)
                        .client()
                        .getOptions()
                        .getDataConverter()
                        .toPayload("x")
                        .filter(PayloadSeal::isSealed)
                        .map(context.getBean(PayloadSeal.class)::open))
                .contains(HostsConverter.MADE));
  }

  @Test
  void leavesPayloadsToACodecOfTheHostsAndSaysSo() {
    DataConverter encoding = new CodecDataConverter(new HostsConverter(), List.of());
    ApplicationContextRunner encoded =
        hostAlone.withBean(TemporalCustomizer.class, () -> converter(encoding));

    encoded.run(context ->
        assertThat(
                context.getBean(CountersignTemporal.class).client().getOptions().getDataConverter())
            .isSameAs(encoding));
    encoded
        .withPropertyValues("countersign.temporal.payloads.mode=sealed")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("countersign.temporal.payloads.mode")
                .hasMessageContaining("TemporalCustomizer"));
  }

  @Test
  void saysWhereAConnectionOfTheHostsDoesNotSeal() {
    hostAlone.run(connected -> {
      CountersignTemporal hosts = connected.getBean(CountersignTemporal.class);
      host.withConfiguration(AutoConfigurations.of(TemporalAutoConfiguration.class))
          .withPropertyValues(
              "countersign.temporal.address=" + ADDRESS,
              "countersign.temporal.payloads.mode=sealed")
          .withBean(
              CountersignTemporal.class,
              () ->
                  new CountersignTemporal(
                      hosts.client(),
                      WorkerFactory.newInstance(hosts.client()),
                      hosts.taskQueues()))
          .run(context ->
              assertThat(context)
                  .getFailure()
                  .rootCause()
                  .isInstanceOf(InvalidSettingException.class)
                  .hasMessageContaining("the client of the CountersignTemporal bean"));
    });
  }

  @Test
  void backsOffWhereTheHostMakesTheConnection() {
    hostAlone.run(connected -> {
      CountersignTemporal hosts = connected.getBean(CountersignTemporal.class);
      host.withConfiguration(AutoConfigurations.of(TemporalAutoConfiguration.class))
          .withPropertyValues("countersign.temporal.address=localhost:1")
          .withBean(
              CountersignTemporal.class,
              () ->
                  new CountersignTemporal(
                      WorkflowClient.newInstance(
                          WorkflowServiceStubs.newServiceStubs(hosts.stubs().getOptions())),
                      WorkerFactory.newInstance(hosts.client()),
                      hosts.taskQueues()))
          .run(context -> assertThat(context).hasSingleBean(CountersignTemporal.class));
    });
  }

  @Test
  void tellsTheSdksMetrics() {
    MeterRegistry meters = new SimpleMeterRegistry();
    hostAlone
        .withBean(MeterRegistry.class, () -> meters, bean -> bean.setDestroyMethodName(""))
        .run(context -> {
          getReady(context);
          answer(context.getBean(CountersignTemporal.class).client(), "shop");
        });
    assertThat(meters.isClosed()).as("who has made it goes on with it").isFalse();
    assertThat(meters.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .contains("temporal_request", "temporal_workflow_completed");
  }
}
