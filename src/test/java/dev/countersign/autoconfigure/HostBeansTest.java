package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.FakeProvider;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.lease.Lease;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/**
 * All of the library's auto-configurations in a host that brings beans of its own, or wants none.
 */
class HostBeansTest {
  private final ApplicationContextRunner host = new ApplicationContextRunner();

  private static Class<?>[] all() {
    ClassLoader loader = HostBeansTest.class.getClassLoader();
    return StreamSupport.stream(
            ImportCandidates.load(AutoConfiguration.class, loader).spliterator(), false)
        .filter(name -> name.startsWith("dev.countersign."))
        .map(name -> ClassUtils.resolveClassName(name, loader))
        .toArray(Class<?>[]::new);
  }

  private static CountersignTemporal unreachable() {
    WorkflowClient client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget("localhost:1").build()));
    return new CountersignTemporal(
        client, WorkerFactory.newInstance(client), new TaskQueues("host"));
  }

  @Test
  void haveNothingBesideThemWhereTheLibraryIsSwitchedOff() {
    host.withConfiguration(AutoConfigurations.of(all()))
        .withPropertyValues("countersign.enabled=false")
        .run(context ->
            assertThat(
                    Arrays.stream(context.getBeanDefinitionNames())
                        .map(context::getType)
                        .filter(Objects::nonNull)
                        .map(Class::getName))
                .noneMatch(type -> type.startsWith("dev.countersign.")));
  }

  /** No provider is asked what it can do: the address of this one leads nowhere. */
  @Test
  void takeTheLibrarysPlace() {
    FakeProvider provider = new FakeProvider(Clock.systemUTC());
    LoginHintTemplate loginHint = new LoginHintTemplate("{sub}", "https://tenant.invalid/");
    host.withConfiguration(
            AutoConfigurations.of(
                ClockAutoConfiguration.class,
                SettingsAutoConfiguration.class,
                CibaAutoConfiguration.class,
                ApprovalAutoConfiguration.class,
                GuardAutoConfiguration.class))
        .withPropertyValues(
            "countersign.oidc.issuer=https://tenant.invalid/",
            "countersign.oidc.client-id=host",
            "countersign.oidc.client-secret=secret",
            "countersign.temporal.address=localhost:1",
            "countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=")
        .withBean(BackchannelClient.class, () -> provider)
        .withBean(LoginHintTemplate.class, () -> loginHint)
        .withBean(Lease.class, Lease::unlimited)
        .withBean(CountersignTemporal.class, HostBeansTest::unreachable)
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(GuardedCalls.class);
          assertThat(context.getBean(BackchannelClient.class)).isSameAs(provider);
          assertThat(context.getBean(LoginHintTemplate.class)).isSameAs(loginHint);
        });
  }
}
