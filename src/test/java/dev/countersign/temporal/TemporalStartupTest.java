package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.temporal.api.enums.v1.IndexedValueType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class TemporalStartupTest {
  private final FakeTemporalServer server = new FakeTemporalServer();

  private TemporalStartup startup(Duration timeout) {
    SearchAttributeRegistry none =
        new SearchAttributeRegistry() {
          @Override
          public Optional<Map<String, IndexedValueType>> registered() {
            return Optional.empty();
          }

          @Override
          public boolean register(String name, IndexedValueType type) {
            return true;
          }

          @Override
          public boolean isUsable(String name) {
            return true;
          }
        };
    return new TemporalStartup(
        server,
        new SearchAttributeCheck(
            none, "orders", new RequiredSearchAttributes(List.of()), Duration.ZERO, Duration.ZERO),
        new TemporalSettings(
            "temporal:7233", "orders", "", TemporalSettings.Tls.UNSET, "orders", timeout),
        "orders");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void saysThatItWaitsUntilTheServerAnswers(CapturedOutput output) {
    server.failsWith(Status.UNAVAILABLE, 2);
    TemporalStartup startup = startup(Duration.ofSeconds(30));
    startup.start();
    assertThat(startup.isRunning()).isTrue();
    assertThat(server.calls).hasValue(3);
    assertThat(output)
        .containsOnlyOnce("Temporal at temporal:7233 (TEMPORAL_ADDRESS) didn't answer yet");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void warnsOfANamespaceThatForgetsKeysWithinAWeek(CapturedOutput output) {
    server.keepsHistoriesFor(Duration.ofDays(7).minusHours(1));
    TemporalStartup startup = startup(Duration.ofSeconds(30));
    startup.start();
    assertThat(startup.isRunning()).isTrue();
    assertThat(server.calls).hasValue(1);
    assertThat(output)
        .containsOnlyOnce("The namespace orders (TEMPORAL_NAMESPACE) keeps histories for 167 h")
        .contains("temporal operator namespace update --namespace orders --retention 30d");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"P7D", "P30D"})
  @ExtendWith(OutputCaptureExtension.class)
  void warnsNotOfANamespaceThatKeepsThemOrDoesNotSay(
      @Nullable Duration retention, CapturedOutput output) {
    server.keepsHistoriesFor(retention);
    TemporalStartup startup = startup(Duration.ofSeconds(30));
    startup.start();
    assertThat(startup.isRunning()).isTrue();
    assertThat(output).doesNotContain("keeps histories");
  }

  @Test
  void givesUpWhenTheServerDoesNotAnswerInTime() {
    server.failsWith(Status.UNAVAILABLE, Integer.MAX_VALUE);
    TemporalStartup startup = startup(Duration.ofMillis(1));
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(startup::start)
        .withMessage(
            "The Temporal server at temporal:7233 (TEMPORAL_ADDRESS) didn't answer within 0 s:"
                + " UNAVAILABLE.");
    assertThat(startup.isRunning()).isFalse();
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void saysWhatTlsFailsOf(CapturedOutput output) {
    server.failsWith(
        Status.UNAVAILABLE.withCause(
            new IOException(new SSLHandshakeException("PKIX path building failed"))),
        Integer.MAX_VALUE);
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(startup(Duration.ofMillis(1))::start)
        .withMessageEndingWith("UNAVAILABLE, no TLS with it: PKIX path building failed.")
        .extracting(TemporalStartException::action)
        .asString()
        .contains("TEMPORAL_TLS_TRUST", "TEMPORAL_TLS_SERVER_NAME", "TEMPORAL_TLS_CERT");
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(startup(Duration.ofMillis(600))::start);
    assertThat(output).contains("no TLS with it: PKIX path building failed");
  }

  @Test
  void stopsAtOnceWhenThereIsNoSuchNamespace() {
    server.failsWith(Status.NOT_FOUND, Integer.MAX_VALUE);
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(startup(Duration.ofHours(1))::start)
        .withMessageContaining("has no namespace orders (TEMPORAL_NAMESPACE)")
        .satisfies(e -> assertThat(e.action()).contains("create --namespace orders"));
    assertThat(server.calls).hasValue(1);
  }

  @Test
  void stopsAtOnceWhenTheServerRefusesTheApplication() {
    server.failsWith(Status.UNAUTHENTICATED, Integer.MAX_VALUE);
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(startup(Duration.ofHours(1))::start)
        .withMessageContaining("refuses this application")
        .satisfies(e -> assertThat(e.action()).contains("TEMPORAL_API_KEY"));
  }
}
