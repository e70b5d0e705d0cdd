package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.vault.Sealed;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {
  private static final DataConverter CONVERTER = DefaultDataConverter.newDefaultInstance();

  static Stream<Arguments> decisions() {
    Instant since = Instant.EPOCH;
    return Stream.of(
        Arguments.of(new Decision.Approved(new Sealed("k1", "AA=="), null), null),
        Arguments.of(new Decision.Denied(), "access_denied"),
        Arguments.of(new Decision.Expired(), "authorization_request_expired"),
        Arguments.of(new Decision.Unreachable("none"), "user_does_not_have_push_notifications"),
        Arguments.of(new Decision.Rejected("no", null), "authorization_request_refused"),
        Arguments.of(new Decision.Rejected("no", ApprovalError.GRANT_MISMATCH), "grant_mismatch"),
        Arguments.of(new Decision.Lost("gone", null), "approval_lost"),
        Arguments.of(new Decision.Lost("gone", ApprovalError.INVALID_GRANT), "invalid_grant"),
        Arguments.of(new Decision.Failed("away", since, null), "provider_unavailable"));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void hasItsCodeAndComesBackFromHistoryAsItWas(Decision decision, @Nullable String code) {
    ApprovalError interrupt = decision.error();
    assertThat(interrupt == null ? null : interrupt.code()).isEqualTo(code);
    var payload = CONVERTER.toPayload(decision).orElseThrow();
    assertThat(payload.getData().toStringUtf8()).doesNotContain("interrupt");
    assertThat(CONVERTER.fromPayload(payload, Decision.class, Decision.class)).isEqualTo(decision);
  }
}
