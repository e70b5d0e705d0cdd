package dev.countersign.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.countersign.app.api.Caller;
import dev.countersign.approval.Approver;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Vault;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.ErrorResponseException;

class ApproversTest {
  private static final Caller ALICE =
      new Caller("u1", Map.of("sub", "u1", "email", "alice@example.com", "email_verified", true));

  private final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");

  private Approvers approvers(String loginHint, String userClaim, boolean userCodes) {
    var template = new LoginHintTemplate(loginHint, "https://tenant.example.com/");
    return new Approvers(new ApproverSettings(template, userClaim, userCodes, true), vault);
  }

  private static String idToken(String claim, String value) {
    return new PlainJWT(new JWTClaimsSet.Builder().claim(claim, value).build()).serialize();
  }

  @ParameterizedTest
  @CsvSource({"auth0|bob, ", ", auth0|alice"})
  void refusesToNameAnybodyWhereNoSettingAllowsIt(String loginHintToken, String idTokenHint) {
    var template = new LoginHintTemplate("{sub}", "https://tenant.example.com/");
    var approvers = new Approvers(new ApproverSettings(template, "sub", false, false), vault);

    ErrorResponseException e =
        refusal(approvers, new ApproverHints(loginHintToken, idTokenHint, null));

    assertThat(e.getStatusCode().value()).isEqualTo(400);
    assertThat(e.getBody().getDetail())
        .endsWith("must not be given: this application asks whom the login names, and nobody else.")
        .doesNotContain("auth0|");
  }

  static Stream<String> refusesAnIdTokenThatIsNotTheCallers() {
    return Stream.of(
        "not.even.a-token",
        idToken("email", "bob@example.com"),
        idToken("sub", "u1"),
        "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d");
  }

  @ParameterizedTest
  @MethodSource
  void refusesAnIdTokenThatIsNotTheCallers(String idToken) {
    ErrorResponseException e =
        refusal(approvers("{sub}", "email", false), new ApproverHints(null, idToken, null));

    assertThat(e.getStatusCode().value()).isEqualTo(400);
    assertThat(e.getBody().getDetail())
        .isEqualTo("idTokenHint must be an ID token of yours, with your \"email\".");
  }

  @Test
  void namesTheCallerByTheClaimsOfTheirLogin() {
    assertThat(approvers("{email}", "sub", false).of(ALICE, ApproverHints.NONE))
        .isEqualTo(new Approver(new Approver.Hint.Login("alice@example.com"), "sub", "u1", null));
    assertThat(approvers("{sub}", "email", false).of(ALICE, ApproverHints.NONE))
        .isEqualTo(new Approver(new Approver.Hint.Login("u1"), "email", "alice@example.com", null));
  }

  @Test
  void sealsTokensForTheCallerAndChecksTheirUserAllTheSame() {
    Approvers approvers = approvers("{phone_number}", "email", true);

    Approver byToken = approvers.of(ALICE, new ApproverHints("plain-hint", null, "1234"));
    assertThat(byToken.value()).isEqualTo("alice@example.com");
    assertThat(byToken.hint())
        .isInstanceOfSatisfying(
            Approver.Hint.LoginToken.class,
            hint ->
                assertThat(vault.forPurpose(Purpose.HINTS).open(hint.token(), "u1"))
                    .isEqualTo("plain-hint"));
    assertThat(byToken.userCode())
        .satisfies(
            code -> assertThat(vault.forPurpose(Purpose.HINTS).open(code, "u1")).isEqualTo("1234"));
    assertThat(byToken.toString()).doesNotContain("plain-hint").doesNotContain("1234");

    String own = idToken("email", "alice@example.com");
    Approver byIdToken = approvers.of(ALICE, new ApproverHints(null, own, null));
    assertThat(byIdToken.hint())
        .isInstanceOfSatisfying(
            Approver.Hint.IdToken.class,
            hint ->
                assertThat(vault.forPurpose(Purpose.HINTS).open(hint.token(), "u1"))
                    .isEqualTo(own));
    assertThat(byIdToken.value()).isEqualTo("alice@example.com");
  }

  @ParameterizedTest
  @MethodSource
  void takesNobodyForTheOwnerOfAnAddressThatWasNotVerified(Map<String, Object> claims) {
    Caller mallory = new Caller("u2", claims);
    Approvers byEmail = approvers("{sub}", "email", false);

    ErrorResponseException e =
        catchThrowableOfType(
            ErrorResponseException.class, () -> byEmail.of(mallory, ApproverHints.NONE));

    assertThat(e.getStatusCode().value()).isEqualTo(422);
    assertThat(e.getBody().getDetail())
        .startsWith("Your login doesn't say by the claim \"email_verified\"")
        .doesNotContain("alice");
    assertThat(approvers("{sub}", "sub", false).of(mallory, ApproverHints.NONE).value())
        .isEqualTo("u2");
  }

  static Stream<Map<String, Object>> takesNobodyForTheOwnerOfAnAddressThatWasNotVerified() {
    return Stream.of(
        Map.of("sub", "u2", "email", "alice@example.com"),
        Map.of("sub", "u2", "email", "alice@example.com", "email_verified", false),
        Map.of("sub", "u2", "email", "alice@example.com", "email_verified", "false"),
        Map.of("sub", "u2", "email", "alice@example.com", "email_verified", 1));
  }

  @Test
  void takesClaimsThatNobodyVerifiesAndAVerificationThatIsAText() {
    Map<String, Object> claims =
        Map.of("sub", "u1", "preferred_username", "al", "email", "a@b.c", "email_verified", "true");
    Caller alice = new Caller("u1", claims);
    assertThat(approvers("{sub}", "email", false).of(alice, ApproverHints.NONE).value())
        .isEqualTo("a@b.c");
    assertThat(
            approvers("{sub}", "preferred_username", false).of(alice, ApproverHints.NONE).value())
        .isEqualTo("al");
  }

  @ParameterizedTest
  @CsvSource({
    "{phone_number}, sub, phone_number",
    "{sub}, preferred_username, preferred_username",
  })
  void saysWhichClaimIsMissingAndWhatToDo(String loginHint, String userClaim, String missing) {
    ErrorResponseException e = refusal(approvers(loginHint, userClaim, true), ApproverHints.NONE);

    assertThat(e.getStatusCode().value()).isEqualTo(422);
    assertThat(e.getBody().getDetail())
        .startsWith("Your login has no claim \"" + missing + "\"")
        .contains(
            "Have it added to this application's ID tokens and to the access tokens of its API");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain-a  | plain-b |         | idTokenHint must not be given beside loginHintToken.
          LONG     |         |         | loginHintToken must have 1 to 8,192 bytes.
                   | LONG    |         | idTokenHint must have 1 to 8,192 bytes.
          ' '      |         |         | loginHintToken must have 1 to 8,192 bytes.
                   |         | LONG    | userCode must have 1 to 64 characters.
                   |         | ' '     | userCode must have 1 to 64 characters.
          """)
  void refusesHintsWithoutRepeatingThem(
      String loginHintToken, String idTokenHint, String userCode, String sentence) {
    var hints = new ApproverHints(full(loginHintToken), full(idTokenHint), full(userCode));

    ErrorResponseException e = refusal(approvers("{sub}", "sub", true), hints);

    assertThat(e.getStatusCode().value()).isEqualTo(400);
    assertThat(e.getBody().getDetail()).isEqualTo(sentence);
    assertThat(e.toString()).doesNotContain("plain-").doesNotContain("LONG");
  }

  @Test
  void takesTheLongestTokensAndCodes() {
    var hints = new ApproverHints("x".repeat(8_192), null, "1".repeat(64));
    assertThat(approvers("{sub}", "sub", true).of(ALICE, hints).userCode()).isNotNull();
  }

  @Test
  void refusesAUserCodeWhereTheProviderTakesNone() {
    ErrorResponseException e =
        refusal(approvers("{sub}", "sub", false), new ApproverHints(null, null, "plain-1234"));

    assertThat(e.getStatusCode().value()).isEqualTo(400);
    assertThat(e.getBody().getDetail())
        .isEqualTo("userCode must not be given: the identity provider takes none.");
  }

  @Test
  void hintsAndCallersShowNoSecret() {
    assertThat(new ApproverHints("plain-a", "plain-b", "1234").toString())
        .isEqualTo(
            "ApproverHints[loginHintToken=7 characters, idTokenHint=7 characters, userCode=given]");
    assertThat(ALICE.toString()).isEqualTo("Caller[sub=u1]");
    assertThat(ALICE).isEqualTo(new Caller("u1")).hasSameHashCodeAs(new Caller("u1"));
  }

  private static ErrorResponseException refusal(Approvers approvers, ApproverHints hints) {
    return catchThrowableOfType(ErrorResponseException.class, () -> approvers.of(ALICE, hints));
  }

  private static String full(String text) {
    return "LONG".equals(text) ? "LONG" + "x".repeat(8_192) : text;
  }
}
