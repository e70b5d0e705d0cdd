package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What is taken of the settings that a host has already. */
class HostDefaultsTest {

  private static TemporalSettings settings(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    new HostDefaults(environment).postProcessBeanFactory(new DefaultListableBeanFactory());
    return Binder.get(environment).bindOrCreate("countersign.temporal", TemporalSettings.class);
  }

  @Test
  void takesTheServerOfTheHostsStarterAndTheHostsName() {
    TemporalSettings settings =
        settings(
            Map.of(
                "spring.application.name", "shop",
                "spring.temporal.namespace", "orders",
                "spring.temporal.connection.target", "temporal.example.com:7233",
                "spring.temporal.connection.api-key", "hush",
                "spring.temporal.connection.enable-https", "true",
                "spring.temporal.connection.mtls.cert-chain-file", "client.pem",
                "spring.temporal.connection.mtls.key-file", "key.pem",
                "spring.temporal.connection.mtls.server-name", "temporal"));
    assertThat(settings)
        .isEqualTo(
            new TemporalSettings(
                "temporal.example.com:7233",
                "orders",
                "hush",
                new TemporalSettings.Tls(
                    true, Path.of("client.pem"), Path.of("key.pem"), null, "temporal"),
                "shop",
                Duration.ofMinutes(1)));
    assertThat(settings.taskQueues().workflows()).isEqualTo("shop");
  }

  @Test
  void knowsTheStartersWordForThisMachine() {
    assertThat(settings(Map.of("spring.temporal.connection.target", "local")).address())
        .isEqualTo("127.0.0.1:7233");
  }

  @Test
  void eachSettingOfOursWins() {
    TemporalSettings settings =
        settings(
            Map.of(
                "spring.application.name", "shop",
                "countersign.temporal.task-queue-prefix", "approvals of shop",
                "spring.temporal.connection.target", "temporal.example.com:7233",
                "spring.temporal.namespace", "orders",
                "countersign.temporal.namespace", "approvals"));
    assertThat(settings.address()).isEqualTo("temporal.example.com:7233");
    assertThat(settings.namespace()).isEqualTo("approvals");
    assertThat(settings.taskQueues().waits()).isEqualTo("approvals of shop-approvals");
  }

  @Test
  void sendsTheKeyOfTheHostsServerToNoOther() {
    TemporalSettings settings =
        settings(
            Map.of(
                "countersign.temporal.address", "ours.example.com:7233",
                "spring.temporal.connection.target", "temporal.example.com:7233",
                "spring.temporal.connection.api-key", "hush",
                "spring.temporal.namespace", "orders"));
    assertThat(settings.apiKey()).isEmpty();
    assertThat(settings.namespace()).isEqualTo("default");
  }

  @Test
  void withoutAnyNameItIsCountersign() {
    assertThat(
            settings(
                    Map.of(
                        "spring.application.name", "",
                        "countersign.temporal.address", "localhost:7233"))
                .taskQueues()
                .workflows())
        .isEqualTo("countersign");
  }
}
