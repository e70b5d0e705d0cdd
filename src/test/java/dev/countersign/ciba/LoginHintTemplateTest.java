package dev.countersign.ciba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.ciba.LoginHintTemplate.MissingClaimException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginHintTemplateTest {
  private static final String ISSUER = "https://tenant.example.com/";
  private static final Map<String, Object> ALICE =
      Map.of(
          "sub", "auth0|a\"lice",
          "email", "alice@example.com",
          "preferred_username", "a$1\\lice",
          "aud", List.of("countersign"),
          "blank", " ");

  @Test
  void writesAuth0sJson() throws MissingClaimException {
    assertThat(hint("iss_sub", ALICE))
        .isEqualTo(
            "{\"format\":\"iss_sub\",\"iss\":\"https://tenant.example.com/\","
                + "\"sub\":\"auth0|a\\\"lice\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {email}                      | alice@example.com
          {preferred_username}         | a$1\\lice
          x-{preferred_username}-{sub} | `x-a$1\\lice-auth0|a"lice`
          {email}{email}               | alice@example.comalice@example.com
          {}{email}                    | {}alice@example.com
          """,
      quoteCharacter = '`')
  void putsTheClaimsInTheirPlaces(String template, String expected) throws MissingClaimException {
    assertThat(hint(template, ALICE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"phone_number", "blank", "aud", "none"})
  void saysWhichClaimTheLoginLacks(String claim) {
    Map<String, @Nullable Object> claims = new HashMap<>(ALICE);
    claims.put("none", null);

    assertThatThrownBy(() -> hint("{email}/{" + claim + "}", claims))
        .isInstanceOfSatisfying(
            MissingClaimException.class, e -> assertThat(e.claim()).isEqualTo(claim))
        .hasMessageContaining("\"" + claim + "\"");
  }

  @Test
  void needsASubjectForAuth0sJson() {
    assertThatThrownBy(() -> hint("iss_sub", Map.of("email", "alice@example.com")))
        .isInstanceOfSatisfying(
            MissingClaimException.class, e -> assertThat(e.claim()).isEqualTo("sub"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sub", "{}", "iss_sub ", "{sub", "alice@example.com"})
  void refusesATemplateThatNamesNoClaim(String template) {
    assertThatThrownBy(() -> new LoginHintTemplate(template, ISSUER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be iss_sub")
        .hasMessageEndingWith("but is \"" + template + "\"");
  }

  private static String hint(String template, Map<String, ?> claims) throws MissingClaimException {
    return new LoginHintTemplate(template, ISSUER).hint(claims).value();
  }
}
