package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.Waits;
import dev.countersign.vault.Vault;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class TemporalHealthIndicatorTest {
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private boolean reachable = true;
  private @Nullable Duration sinceStored = Duration.ofSeconds(1);
  private boolean searchAttributes = true;

  private Health health() {
    return new TemporalHealthIndicator(
            () -> reachable,
            () -> sinceStored,
            new WorkersLifecycle(
                temporal.getWorkerFactory(),
                new StaticListableBeanFactory().getBeanProvider(Waits.class)),
            () -> searchAttributes,
            Vault.withKeys("k1:" + "A".repeat(43) + "="))
        .health();
  }

  @BeforeEach
  void poll() {
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void isUpWhileAllOfItIsSo() {
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails())
        .containsEntry("temporal", "It answers.")
        .containsEntry("storing", "It stores what this process reports.")
        .containsEntry("workers", "They poll.")
        .containsEntry("searchAttributes", "The namespace has all of them.")
        .containsEntry("keys", "What they seal they open.")
        .hasSize(5);
  }

  @Test
  void isDownWhileTemporalDoesNotAnswer() {
    reachable = false;
    assertDown("temporal", "TEMPORAL_ADDRESS");
  }

  @Test
  void isDownUntilTemporalStores() {
    sinceStored = null;
    assertDown("storing", "not confirmed yet", "database");
  }

  @Test
  void isDownWhenTemporalStoresNoMore() {
    sinceStored = Duration.ofSeconds(16);
    assertDown("storing", "not confirmed for 16 s", "history service", "rate limits");
  }

  /** The lease lapses after 2.5 s; a collection of garbage, or an election, takes as long. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, 15})
  void isUpThroughAShortPauseOfStoring(int seconds) {
    sinceStored = Duration.ofSeconds(seconds);
    assertThat(health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isDownWhileWorkersDoNotPoll() {
    temporal.getWorkerFactory().shutdown();
    assertDown("workers", "restart");
  }

  @Test
  void isDownUntilSearchAttributesWereFound() {
    searchAttributes = false;
    assertDown("searchAttributes", "not found yet", "log");
  }

  private void assertDown(String what, String... words) {
    Health health = health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails().get(what)).asString().contains(words).matches("[A-Z].*[.]");
  }
}
