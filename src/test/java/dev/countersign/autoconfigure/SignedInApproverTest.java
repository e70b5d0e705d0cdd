package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approval.Approver;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.CallUser;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Nobody is asked on a guess. */
class SignedInApproverTest {
  private static final String ISSUER = "https://tenant.example.com/";

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  private static SignedInApprover approver(String loginHint, String... properties) {
    Map<String, String> all = new HashMap<>();
    all.put("countersign.oidc.issuer", ISSUER);
    all.put("countersign.oidc.client-id", "app");
    for (String property : properties) {
      int equals = property.indexOf('=');
      all.put(property.substring(0, equals), property.substring(equals + 1));
    }
    Binder binder = new Binder(new MapConfigurationPropertySource(all));
    return new SignedInApprover(
        binder.bindOrCreate("countersign.ciba", CibaProperties.class),
        binder.bindOrCreate("countersign.oidc", OidcProperties.class),
        new LoginHintTemplate(loginHint, ISSUER));
  }

  private static void signIn(Authentication authentication) {
    SecurityContextHolder.getContext().setAuthentication(authentication);
  }

  private static void signInByToken(Map<String, Object> claims) {
    Map<String, Object> all = new HashMap<>(claims);
    all.putIfAbsent("iss", ISSUER);
    all.putIfAbsent("sub", "auth0|alice");
    signIn(
        new JwtAuthenticationToken(
            new Jwt("token", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), Map.of("alg", "x"), all),
            List.of()));
  }

  @Test
  void asksTheUserOfAnAccessToken() {
    signInByToken(Map.of());

    assertThat(approver("{sub}").current())
        .hasValue(
            new CallUser(
                "auth0|alice",
                new Approver(new Approver.Hint.Login("auth0|alice"), "sub", "auth0|alice", null)));
  }

  @Test
  void asksTheUserOfALogin() {
    OidcIdToken token =
        new OidcIdToken(
            "token",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60),
            Map.of("iss", ISSUER, "sub", "auth0|bob"));
    DefaultOidcUser user = new DefaultOidcUser(AuthorityUtils.NO_AUTHORITIES, token);
    signIn(new TestingAuthenticationToken(user, null, "USER"));

    assertThat(approver("{sub}").current()).map(CallUser::sub).hasValue("auth0|bob");
  }

  @Test
  void asksNobodyWhenNobodyIsSignedIn() {
    assertThat(approver("{sub}").current()).isEmpty();

    signIn(
        new AnonymousAuthenticationToken(
            "key", "anonymous", AuthorityUtils.createAuthorityList("ANONYMOUS")));
    assertThat(approver("{sub}").current()).isEmpty();
  }

  @Test
  void asksNobodyForAUserOfAPasswordOnly() {
    signIn(new TestingAuthenticationToken("alice", "password", List.of()));

    assertThat(approver("{sub}").current()).isEmpty();
  }

  @Test
  void refusesAUserOfAnotherIssuer() {
    signInByToken(Map.of("iss", "https://other.example.com/"));

    assertThatThrownBy(() -> approver("{sub}").current())
        .isInstanceOf(CallNotDoneException.class)
        .hasMessageContaining("You were signed in by https://other.example.com/, but " + ISSUER);
  }

  @Test
  void knowsAUserOfAnotherIssuerByAClaimThatWasVerified() {
    String[] settings = {
      "countersign.ciba.issuer=https://bank.example.com/", "countersign.ciba.user-claim=email"
    };
    signInByToken(Map.of("email", "alice@example.com", "email_verified", true));
    assertThat(approver("{email}", settings).current())
        .map(CallUser::approver)
        .hasValue(
            new Approver(
                new Approver.Hint.Login("alice@example.com"), "email", "alice@example.com", null));

    signInByToken(Map.of("email", "alice@example.com"));
    assertThatThrownBy(() -> approver("{email}", settings).current())
        .hasMessageContaining("doesn't say that your email was verified");

    assertThatThrownBy(() -> approver("{email}").current()) // and so rings nobody else's phone
        .hasMessageContaining("doesn't say that your email was verified");

    signInByToken(Map.of());
    assertThatThrownBy(() -> approver("{email}", settings).current())
        .hasMessageContaining("Your login has no claim \"email\"");
  }
}
