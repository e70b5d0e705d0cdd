package dev.countersign.devservices.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.countersign.devservices.loopback.Http;
import dev.countersign.devservices.loopback.Http.Answer;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

class LoginTest {
  private static final String CALLBACK = "http://localhost:51234/login/oauth2/code/countersign";
  private final IdentityTenant tenant = IdentityTenant.start(TenantSettings.on(0, null));
  private final Http http = new Http();
  private final CodeVerifier verifier = new CodeVerifier();

  @AfterEach
  void stop() {
    http.close();
    tenant.close();
  }

  @Test
  void idTokenNamesTheUserWhoLoggedIn() throws IOException, ParseException {
    Answer login = http.get(authorize(CALLBACK), "Accept", "text/html");
    assertThat(location(login).getPath()).isEqualTo("/login");
    String cookie = sessionCookie(login);
    assertThat(cookie).startsWith("TENANT_SESSION=");

    Answer loggedIn =
        http.form(
            tenant.issuer() + "login",
            Map.of("username", "alice", "password", "alice"),
            "Cookie",
            cookie);
    Answer callback =
        http.get(
            location(loggedIn).toString(),
            "Accept",
            "text/html",
            "Cookie",
            sessionCookie(loggedIn));
    URI back = location(callback);
    assertThat(back.toString()).startsWith(CALLBACK);
    var answer = UriComponentsBuilder.fromUri(back).build().getQueryParams();
    assertThat(answer.getFirst("state")).isEqualTo("the-state");

    JsonNode tokens = exchange(String.valueOf(answer.getFirst("code"))).json();
    JWTClaimsSet claims = SignedJWT.parse(tokens.at("/id_token").asString()).getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(tenant.issuer());
    assertThat(claims.getSubject()).isEqualTo("auth0|alice");
    assertThat(claims.getStringClaim("nonce")).isEqualTo("the-nonce");
    assertThat(claims.getStringClaim("name")).isEqualTo("Alice");
    JsonNode userinfo =
        http.get(
                tenant.issuer() + "userinfo",
                "Authorization",
                "Bearer " + tokens.at("/access_token").asString())
            .json();
    assertThat(userinfo.at("/sub").asString()).isEqualTo("auth0|alice");
  }

  @Test
  void loginPageAgainWhenThePasswordIsWrong() throws IOException {
    Answer refused =
        http.form(tenant.issuer() + "login", Map.of("username", "alice", "password", "bob"));
    assertThat(location(refused)).hasPath("/login").hasQuery("error");
  }

  @Test
  void refusedWhenTheRedirectLeavesThisMachine() throws IOException {
    String elsewhere = "http://example.com/login/oauth2/code/countersign";
    assertThat(http.get(authorize(elsewhere), "Accept", "text/html").status()).isEqualTo(400);
  }

  private String authorize(String redirectUri) {
    return UriComponentsBuilder.fromUriString(tenant.issuer() + "authorize")
        .queryParam("response_type", "code")
        .queryParam("client_id", tenant.clientId())
        .queryParam("scope", "openid profile")
        .queryParam("state", "the-state")
        .queryParam("nonce", "the-nonce")
        .queryParam("redirect_uri", redirectUri)
        .queryParam(
            "code_challenge", CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue())
        .queryParam("code_challenge_method", "S256")
        .encode()
        .toUriString();
  }

  private Answer exchange(String code) throws IOException {
    return http.form(
        tenant.issuer() + "oauth/token",
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            CALLBACK,
            "code_verifier",
            verifier.getValue(),
            "client_id",
            tenant.clientId(),
            "client_secret",
            tenant.clientSecret()));
  }

  private URI location(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(302);
    return URI.create(tenant.issuer()).resolve(answer.header("Location"));
  }

  private static String sessionCookie(Answer answer) {
    String cookie = answer.header("Set-Cookie");
    return cookie.contains(";") ? cookie.substring(0, cookie.indexOf(';')) : cookie;
  }
}
