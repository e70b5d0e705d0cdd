package dev.countersign.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditMetersTest {
  private static final String CALL = "shop_online-0123456789abcdef0123456789abcdef-12ab";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AuditMeters meters = new AuditMeters(registry, () -> List.of("shop_online"));

  @BeforeEach
  void listen() {
    meters.begin();
  }

  @AfterEach
  void close() {
    meters.close();
  }

  @ParameterizedTest
  @CsvSource({
    "QUESTION_ASKED, asked, countersign.questions",
    "DECIDED, expired, countersign.decisions",
    "RUN_ENDED, not_done, countersign.runs",
    "RUN_ENDED, not_begun, countersign.runs",
    "CANCELLED, cancelled, countersign.cancels"
  })
  void countsByToolAndOutcome(AuditEvent event, String outcome, String name) {
    AuditEntry.of(event).call(CALL).outcome(outcome).write();
    AuditEntry.of(event).call(CALL).outcome(outcome).write();

    assertThat(registry.get(name).tags("tool", "shop_online", "outcome", outcome).counter().count())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "SEAL_BROKEN, token, countersign.seals.broken, of, token",
    "LIMIT_REACHED, in_line, countersign.limits.hit, limit, questions_in_line",
    "LIMIT_REACHED, conversations, countersign.limits.hit, limit, conversations_of_user",
    "LIMIT_REACHED, tokens, countersign.limits.hit, limit, tokens_of_user",
    "LOGIN_REFUSED, denied, countersign.logins, outcome, denied",
    "TOKEN_REFUSED, invalid_token, countersign.tokens.refused, error, invalid_token"
  })
  void countsWhatIsOfNoTool(
      AuditEvent event, String outcome, String name, String tag, String value) {
    AuditEntry.of(event).outcome(outcome).write();

    assertThat(registry.get(name).tags(tag, value).counter().count()).isOne();
  }

  @Test
  void countsWhatSaysNoMore() {
    AuditEntry.of(AuditEvent.LOGIN).write();
    AuditEntry.of(AuditEvent.COVERED).call(CALL).write();
    AuditEntry.of(AuditEvent.GRANT_MISMATCH).call(CALL).write();

    assertThat(registry.get("countersign.logins").tags("outcome", "done").counter().count())
        .isOne();
    assertThat(registry.get("countersign.runs.covered").counter().count()).isOne();
    assertThat(registry.get("countersign.grants.mismatched").counter().count()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "DECIDED, approved, countersign.decision.time",
    "RUN_BEGUN, , countersign.run.delay",
    "RUN_ENDED, done, countersign.run.time"
  })
  void measuresTimes(AuditEvent event, @Nullable String outcome, String name) {
    AuditEntry entry = AuditEntry.of(event).call(CALL).took(Duration.ofSeconds(40));
    (outcome == null ? entry : entry.outcome(outcome)).write();

    assertThat(registry.get(name).timer().totalTime(TimeUnit.SECONDS)).isEqualTo(40);
  }

  /** Nobody approved it, or it ran before: that would be no latency. */
  @Test
  void measuresNoTimeThatIsNotKnown() {
    AuditEntry.of(AuditEvent.RUN_BEGUN).call(CALL).took(null).write();

    assertThat(registry.find("countersign.run.delay").timer()).isNull();
  }

  /** Who may write to Temporal could make up as many names as they like. */
  @Test
  void hasNoLabelThatSomebodyMadeUp() {
    for (String name : List.of("a", "b", "c")) {
      AuditEntry.of(AuditEvent.RUN_ENDED)
          .call(name + CALL.substring(11))
          .outcome("unknown")
          .write();
      AuditEntry.of(AuditEvent.DECIDED).call("of " + name).outcome("denied").write();
    }

    assertThat(registry.get("countersign.runs").counters())
        .singleElement()
        .satisfies(counter -> assertThat(counter.getId().getTag("tool")).isEqualTo("other"));
    assertThat(registry.get("countersign.decisions").counters())
        .singleElement()
        .satisfies(counter -> assertThat(counter.getId().getTag("tool")).isEqualTo("none"));
  }

  /** What rises from nothing to 1 has not risen, as Prometheus sees it. */
  @Test
  void hasWhatAlarmsAreMadeOfBeforeItHappens() {
    assertThat(registry.get("countersign.seals.broken").counters())
        .extracting(counter -> counter.getId().getTag("of"))
        .containsExactlyInAnyOrderElementsOf(
            MetricsTables.values("countersign_seals_broken_total"));
    assertThat(registry.get("countersign.grants.mismatched").counter().count()).isZero();
  }

  /** Once each tool is known; the tables name all that may come of them. */
  @ParameterizedTest
  @ValueSource(strings = {"countersign.questions", "countersign.decisions", "countersign.runs"})
  void hasWhatMayComeOfEachToolBeforeItHappens(String name) {
    assertThat(registry.find(name).counters()).isEmpty();

    meters.beginTools();

    assertThat(registry.get(name).tag("tool", "shop_online").counters())
        .allSatisfy(counter -> assertThat(counter.count()).isZero())
        .extracting(counter -> counter.getId().getTag("outcome"))
        .containsExactlyInAnyOrderElementsOf(
            MetricsTables.values(name.replace('.', '_') + "_total"));
  }

  /** Of a tool that this process lacks it is told by the calls alone. */
  @Test
  void hasWhatCannotBeRunBeforeItHappens() {
    meters.beginTools();

    assertThat(
            registry
                .get("countersign.runs")
                .tags("tool", "other", "outcome", "not_begun")
                .counter()
                .count())
        .isZero();
  }

  @Test
  void hearsNothingWhenItIsClosed() {
    meters.close();

    AuditEntry.of(AuditEvent.LOGIN).write();

    assertThat(registry.find("countersign.logins").counters()).isEmpty();
  }
}
