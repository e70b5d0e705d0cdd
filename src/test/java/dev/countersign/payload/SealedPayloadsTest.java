package dev.countersign.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.countersign.audit.AuditLog;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.Summary;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedPayloadsTest {
  private static final String K1 = "k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  private static final String K2 = "k2:MjIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final DataConverter PLAIN = DefaultDataConverter.newDefaultInstance();

  private final SealedPayloads codec = sealing(K1, "shop");

  private static SealedPayloads sealing(String keys, String namespace) {
    return SealedPayloads.sealing(
        new PayloadSeal(Vault.withKeys(keys), namespace), null, InstantSource.fixed(NOW));
  }

  private static Payload plain(String text) {
    return PLAIN.toPayload(text).orElseThrow();
  }

  private static Payload sealed(String text) {
    return sealing(K1, "shop").encode(List.of(plain(text))).getFirst();
  }

  private static String read(SealedPayloads codec, Payload payload) {
    return codec.around(PLAIN).fromPayload(payload, String.class, String.class);
  }

  @Test
  void sealsAllButTheNameOfTheKey() {
    Payload sealed = sealed("a lamp");

    assertThat(sealed.getMetadataMap().keySet()).isEqualTo(Set.of("encoding", "countersign-key"));
    assertThat(sealed.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("binary/encrypted");
    assertThat(sealed.getMetadataOrThrow("countersign-key").toStringUtf8()).isEqualTo("k1");
    assertThat(sealed.getData().toStringUtf8()).doesNotContain("a lamp", "json/plain");
    assertThat(PayloadSeal.isSealed(sealed)).isTrue();
    assertThat(codec.decode(List.of(sealed))).containsExactly(plain("a lamp"));
  }

  /** Temporal's server refuses a start, or a workflow's task, that has a longer one. */
  @Test
  void keepsSummariesWithinWhatTheServerTakes() {
    SealedPayloads named = sealing("the-first-key-of-2027" + K1.substring(2), "shop");
    String longest = Summary.of("日".repeat(500));

    assertThat(named.encode(List.of(plain(longest))).getFirst().getSerializedSize())
        .isLessThanOrEqualTo(400);
  }

  @Test
  void neverSealsTheSameWay() {
    assertThat(codec.encode(List.of(plain("a lamp"), plain("a lamp"))))
        .extracting(Payload::getData)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k2", "k1,k2"})
  void opensWhatAnEarlierKeySealed(String newest) {
    String keys = newest.equals("k2") ? K2 + "," + K1 : K1 + "," + K2;
    SealedPayloads rotated = sealing(keys, "shop");

    assertThat(read(rotated, sealed("a lamp"))).isEqualTo("a lamp");
    assertThat(
            rotated
                .encode(List.of(plain("a lamp")))
                .getFirst()
                .getMetadataOrThrow("countersign-key")
                .toStringUtf8())
        .isEqualTo(newest.substring(0, 2));
  }

  /** Another process may have it: a workflow's task must fail, and a signal must not get lost. */
  @Test
  void failsWhereTheKeyIsNotHere() {
    assertThatThrownBy(() -> read(sealing(K2, "shop"), sealed("a lamp")))
        .isInstanceOf(PayloadCodecException.class)
        .isNotInstanceOf(DataConverterException.class)
        .hasMessageContaining("k1");
  }

  @Test
  void refusesWhatWasSealedForAnotherNamespaceOrPurpose() {
    assertThatThrownBy(() -> read(sealing(K1, "bank"), sealed("a lamp")))
        .isInstanceOf(DataConverterException.class);
    byte[] passedOff =
        Vault.withKeys(K1)
            .forPurpose(Purpose.HINTS)
            .seal(plain("a lamp").toByteArray(), "shop".getBytes(UTF_8));
    Payload forged = sealed("x").toBuilder().setData(ByteString.copyFrom(passedOff)).build();
    assertThatThrownBy(() -> read(codec, forged)).isInstanceOf(DataConverterException.class);
  }

  @Test
  void refusesWhatWasChanged() {
    Payload sealed = sealed("a lamp");
    byte[] data = sealed.getData().toByteArray();
    data[data.length - 1] ^= 1;
    Payload changed = sealed.toBuilder().setData(ByteString.copyFrom(data)).build();

    assertThatThrownBy(() -> read(codec, changed)).isInstanceOf(DataConverterException.class);
    assertThatThrownBy(() -> read(codec, sealed.toBuilder().clearData().build()))
        .isInstanceOf(DataConverterException.class);
  }

  @Test
  void refusesWhatIsNotSealed() {
    assertThatThrownBy(() -> read(codec, plain("a lamp")))
        .isInstanceOf(DataConverterException.class)
        .hasMessageContaining("countersign.temporal.payloads.plain-until")
        .hasMessageNotContaining("a lamp");
    Payload foreign =
        plain("x").toBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted"))
            .build();
    assertThatThrownBy(() -> read(codec, foreign)).isInstanceOf(DataConverterException.class);
  }

  /** The only sign of somebody who writes to Temporal without the keys. */
  @Test
  void tellsTheAuditLogWhatItRefuses() {
    Payload changed = sealed("a lamp").toBuilder().clearData().build();
    try (AuditLog audit = new AuditLog()) {
      assertThat(read(codec, sealed("a lamp"))).isEqualTo("a lamp");
      assertThatThrownBy(() -> read(sealing(K2, "shop"), sealed("a lamp"))) // may be elsewhere
          .isInstanceOf(PayloadCodecException.class);
      assertThat(audit.entries()).isEmpty();
      assertThatThrownBy(() -> read(codec, changed)).isInstanceOf(DataConverterException.class);
      assertThatThrownBy(() -> read(codec, plain("a lamp")))
          .isInstanceOf(DataConverterException.class);

      assertThat(audit.entries())
          .extracting(AuditLog.Entry::text)
          .containsExactly(
              "auditEvent=seal_broken outcome=payload", "auditEvent=seal_broken outcome=payload");
    }
  }

  @Test
  void readsPlainUntilThen() {
    PayloadSeal seal = new PayloadSeal(Vault.withKeys(K1), "shop");
    Instant until = NOW.plus(Duration.ofSeconds(1));

    assertThat(read(SealedPayloads.sealing(seal, until, InstantSource.fixed(NOW)), plain("a lamp")))
        .isEqualTo("a lamp");
    assertThatThrownBy(() ->
            read(SealedPayloads.sealing(seal, until, InstantSource.fixed(until)), plain("a lamp")))
        .isInstanceOf(DataConverterException.class);
  }

  @Test
  void readsBothWhereItSealsNothing() {
    SealedPayloads reading = SealedPayloads.reading(new PayloadSeal(Vault.withKeys(K1), "shop"));

    assertThat(reading.encode(List.of(plain("a lamp")))).containsExactly(plain("a lamp"));
    assertThat(read(reading, plain("a lamp"))).isEqualTo("a lamp");
    assertThat(read(reading, sealed("a lamp"))).isEqualTo("a lamp");
  }

  @Test
  void sealsMessagesStackTracesAndDetailsOfFailures() {
    Exception cause = new IllegalStateException("a lamp for alice");
    ApplicationFailure thrown =
        ApplicationFailure.newFailureWithCause("no lamp", "Refused", cause, "details of the lamp");

    Failure failure = codec.around(PLAIN).exceptionToFailure(thrown);

    assertThat(failure.toString()).doesNotContain("lamp", "alice", "SealedPayloadsTest");
    assertThat(failure.getApplicationFailureInfo().getType()).isEqualTo("Refused");
    assertThat(codec.around(PLAIN).failureToException(failure))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            read -> {
              assertThat(read.getOriginalMessage()).isEqualTo("no lamp");
              assertThat(read.getDetails().get(String.class)).isEqualTo("details of the lamp");
            })
        .hasRootCauseMessage(
            "message='a lamp for alice', type='java.lang.IllegalStateException',"
                + " nonRetryable=false");
    assertThat(
            SealedPayloads.reading(new PayloadSeal(Vault.withKeys(K1), "shop"))
                .around(PLAIN)
                .failureToException(failure))
        .hasMessageContaining("no lamp");
  }

  /** As Temporal's server, or the CLI without keys, writes failures. */
  @Test
  void readsFailuresWithoutPayloadsAsTheyAre() {
    Failure failure = Failure.newBuilder().setMessage("terminated by an operator").build();

    assertThat(codec.around(PLAIN).failureToException(failure))
        .hasMessageContaining("terminated by an operator");
  }
}
