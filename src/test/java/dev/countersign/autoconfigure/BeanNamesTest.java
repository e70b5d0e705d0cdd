package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.FakeProvider;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.lease.Lease;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The library's beans have names that no host gives to beans of its own. */
class BeanNamesTest {
  private static final String PREFIX = "countersign";

  /** What the rest of the library has, without a provider and a Temporal server. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({
    ApprovalProperties.class,
    CibaProperties.class,
    GuardProperties.class,
    QuestionProperties.class,
    KeysProperties.class,
    MessageProperties.class,
    OidcProperties.class,
    MessageCodeProperties.class,
    ReAskProperties.class
  })
  static class Fakes {
    @Bean
    BackchannelClient fakeProvider() {
      return new FakeProvider(Clock.systemUTC());
    }

    @Bean
    LoginHintTemplate fakeLoginHint() {
      return new LoginHintTemplate("{sub}", "https://tenant.example.com/");
    }

    @Bean
    Lease fakeLease() {
      return Lease.unlimited();
    }

    @Bean
    CountersignTemporal fakeTemporal() {
      WorkflowClient client =
          WorkflowClient.newInstance(
              WorkflowServiceStubs.newServiceStubs(
                  WorkflowServiceStubsOptions.newBuilder().setTarget("localhost:1").build()));
      return new CountersignTemporal(
          client, WorkerFactory.newInstance(client), new TaskQueues("host"));
    }
  }

  private final ApplicationContextRunner host =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ClockAutoConfiguration.class,
                  ApprovalAutoConfiguration.class,
                  GuardAutoConfiguration.class))
          .withUserConfiguration(Fakes.class)
          .withPropertyValues(
              "countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
              "countersign.oidc.issuer=https://tenant.example.com/",
              "countersign.oidc.client-id=app");

  private static List<String> beanNames() {
    ClassLoader loader = BeanNamesTest.class.getClassLoader();
    return StreamSupport.stream(
            ImportCandidates.load(AutoConfiguration.class, loader).spliterator(), false)
        .filter(name -> name.startsWith("dev.countersign."))
        .<Class<?>>map(name -> ClassUtils.resolveClassName(name, loader))
        .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Bean.class))
        .flatMap(BeanNamesTest::names)
        .toList();
  }

  private static Stream<String> names(Method method) {
    String[] given = method.getAnnotation(Bean.class).value();
    return given.length == 0 ? Stream.of(method.getName()) : Arrays.stream(given);
  }

  @Test
  void allBeginWithItsOwnName() {
    assertThat(beanNames())
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).startsWith(PREFIX));
  }

  @Test
  void leaveTheShortNamesToTheHost() {
    List<String> shortNames =
        beanNames().stream()
            .map(name -> StringUtils.uncapitalize(name.replaceFirst("^" + PREFIX, "")))
            .toList();
    ApplicationContextRunner started = host;
    for (String name : shortNames) {
      started = started.withBean(name, StringBuilder.class, () -> new StringBuilder("the host's"));
    }
    started.run(context -> {
      assertThat(context)
          .hasSingleBean(Vault.class)
          .hasSingleBean(GuardedCalls.class)
          .getBeanNames(StringBuilder.class)
          .containsAll(shortNames)
          .contains("vault", "gate", "freezer");
    });
  }
}
