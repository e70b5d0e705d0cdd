package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.ApprovalError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What each end says, and to whom. */
class OutcomeTest {
  private static final Instant SINCE = Instant.parse("2026-01-31T12:00:00Z");

  @SuppressWarnings("unused") // the source of a parameterized test
  private static final List<Map.Entry<String, Outcome>> ENDS =
      List.of(
          Map.entry("access_denied", new Outcome.Denied()),
          Map.entry("authorization_request_expired", new Outcome.Expired()),
          Map.entry("user_does_not_have_push_notifications", new Outcome.NoDevice("No device")),
          Map.entry("message_not_showable", new Outcome.Unshowable("The name \"茶\" can't")),
          Map.entry(
              "authorization_request_refused",
              new Outcome.Rejected("No", ApprovalError.AUTHORIZATION_REQUEST_REFUSED)),
          Map.entry("grant_mismatch", new Outcome.Rejected("No", ApprovalError.GRANT_MISMATCH)),
          Map.entry("shop_refused", new Outcome.ShopRefused("Sold out.")),
          Map.entry("cancelled", new Outcome.Cancelled()),
          Map.entry("not_ordered", new Outcome.SettledAsNotOrdered("No such order.")),
          Map.entry("approval_ended", new Outcome.ApprovalEnded()),
          Map.entry("internal_error", new Outcome.Broken("A fault")),
          Map.entry("approval_lost", new Outcome.ApprovalLost("Gone", ApprovalError.APPROVAL_LOST)),
          Map.entry("invalid_grant", new Outcome.ApprovalLost("Gone", ApprovalError.INVALID_GRANT)),
          Map.entry(
              "provider_unavailable",
              new Outcome.Failed("503", SINCE, ApprovalError.PROVIDER_UNAVAILABLE)),
          Map.entry(
              "authorization_polling_error",
              new Outcome.Failed("No", SINCE, ApprovalError.AUTHORIZATION_POLLING_ERROR)),
          Map.entry("shop_unavailable", new Outcome.ShopUnavailable("Refused", SINCE)),
          Map.entry(
              "outcome_unknown",
              new Outcome.Unknown("Reset", new Outcome.ShopRefused("Sold out"))));

  @ParameterizedTest
  @FieldSource("ENDS")
  void everyEndWithoutOrderHasACodeAndSaysWhatBecameOfTheOrder(Map.Entry<String, Outcome> end) {
    Outcome outcome = end.getValue();
    assertThat(outcome.code()).isEqualTo(end.getKey());
    assertThat(outcome.status().isEnd()).isTrue();
    assertThat(outcome.sentence()).containsAnyOf("othing was ordered", "unknown whether the order");
    assertThat(outcome.sentence()).doesNotContain("..").endsWith(".");
    assertThat(outcome.operatorSentence()).isNotBlank();
    assertThat(outcome.toolResult())
        .containsAnyOf(
            "othing was ordered", "unknown whether the order", "The user has denied the request");
  }

  @ParameterizedTest
  @FieldSource("ENDS")
  void everyCodeStandsInTheDocuments(Map.Entry<String, Outcome> end) throws IOException {
    String code = "`" + end.getKey() + "`";
    assertThat(Files.readString(Path.of("docs/ciba.md"))).contains(code);
    assertThat(Files.readString(Path.of("src/main/resources/dev/countersign/app/openapi/api.yaml")))
        .contains(code);
  }

  @Test
  void tellsTheModelOfTheUserAndTheUserWhatToDo() {
    Outcome noDevice = new Outcome.NoDevice("invalid_request: not enrolled");
    assertThat(noDevice.sentence()).startsWith("You have no device").contains("enrol one");
    assertThat(noDevice.toolResult()).startsWith("The user has no device").contains("enrol one");
    assertThat(noDevice.operatorSentence()).isEqualTo("invalid_request: not enrolled");
  }

  @Test
  void claimsNoApprovalThatNobodyKnowsOf() {
    assertThat(new Outcome.ApprovalLost("Gone", ApprovalError.INVALID_GRANT).sentence())
        .isEqualTo("The question was lost: Gone. Nothing was ordered; please ask again.");
    assertThat(new Outcome.ApprovalLost("Gone", ApprovalError.APPROVAL_LOST).sentence())
        .startsWith("Your approval may have been lost on the way: Gone.");
  }

  @Test
  void anOrderHasNoCode() {
    assertThat(new Outcome.Ordered("Created").code()).isNull();
  }
}
