package dev.countersign.app.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.api.OperatorRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

class OperatorAccessTest {
  private static boolean lets(String claim, Map<String, Object> claims) {
    Jwt token =
        Jwt.withTokenValue("t")
            .header("alg", "RS256")
            .claims(all -> all.putAll(claims))
            .subject("olga")
            .build();
    Authentication caller = new TestingAuthenticationToken(token, null);
    return new OperatorAccess(new OperatorRole(claim, "operator"))
        .authorize(() -> caller, new RequestAuthorizationContext(new MockHttpServletRequest()))
        .isGranted();
  }

  @Test
  void isFoundInWhateverFormProvidersHave() {
    assertThat(lets("roles", Map.of("roles", List.of("operator")))).isTrue();
    assertThat(lets("scope", Map.of("scope", "openid operator"))).isTrue();
    assertThat(
            lets(
                "realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("operator")))))
        .isTrue();
    assertThat(
            lets(
                "https://shop.example.com/roles",
                Map.of("https://shop.example.com/roles", List.of("operator"))))
        .isTrue();
  }

  @Test
  void isNothingLikeIt() {
    assertThat(lets("roles", Map.of())).isFalse();
    assertThat(lets("roles", Map.of("roles", List.of("operators", "Operator")))).isFalse();
    assertThat(lets("scope", Map.of("scope", "operator:none nooperator"))).isFalse();
    assertThat(lets("roles", Map.of("roles", Map.of("operator", true)))).isFalse();
    assertThat(lets("roles", Map.of("roles", 1))).isFalse();
    assertThat(lets("realm_access.roles", Map.of("realm_access", "operator"))).isFalse();
    assertThat(
            new OperatorAccess(new OperatorRole("roles", "operator"))
                .authorize(
                    () -> null, new RequestAuthorizationContext(new MockHttpServletRequest()))
                .isGranted())
        .isFalse();
  }
}
