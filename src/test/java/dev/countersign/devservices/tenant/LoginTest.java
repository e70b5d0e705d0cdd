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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    URI back = location(http.get(authorize(CALLBACK), "Accept", "text/html", "Cookie", logIn()));
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
  void phoneIsThatOfWhoeverIsLoggedInUnlessToldWhose() throws IOException {
    String phone = tenant.issuer() + "phone";
    assertThat(http.get(phone).header("Location")).endsWith("/phone?user=alice");
    Answer login =
        http.form(tenant.issuer() + "login", Map.of("username", "bob", "password", "bob"));
    String cookie = sessionCookie(login);
    assertThat(http.get(phone, "Cookie", cookie).header("Location")).endsWith("/phone?user=bob");
    assertThat(http.get(phone + "?user=alice", "Cookie", cookie).status()).isEqualTo(200);
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

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:51234/", "http://127.0.0.1:8080/"})
  void logoutEndsTheLoginAndGoesBack(String back) throws IOException {
    String endSession =
        http.get(tenant.issuer() + ".well-known/openid-configuration")
            .json()
            .at("/end_session_endpoint")
            .asString();
    assertThat(endSession).startsWith(tenant.issuer());
    String cookie = logIn();
    URI callback = location(http.get(authorize(CALLBACK), "Cookie", cookie));
    String code = UriComponentsBuilder.fromUri(callback).build().getQueryParams().getFirst("code");
    String idToken = exchange(String.valueOf(code)).json().at("/id_token").asString();

    Answer loggedOut =
        http.get(
            UriComponentsBuilder.fromUriString(endSession)
                .queryParam("id_token_hint", idToken)
                .queryParam("client_id", tenant.clientId())
                .queryParam("post_logout_redirect_uri", back)
                .queryParam("state", "the-state")
                .encode()
                .toUriString(),
            "Cookie",
            cookie);

    assertThat(location(loggedOut)).hasToString(back + "?state=the-state");
    assertThat(loggedOut.header("Set-Cookie"))
        .startsWith("TENANT_SESSION=; Expires=Thu, 01 Jan 1970");
    assertThat(location(http.get(authorize(CALLBACK), "Accept", "text/html", "Cookie", cookie)))
        .hasPath("/login");
  }

  @Test
  void logoutAcceptsAnIdTokenOfAnEarlierRunOrNone() throws IOException {
    String earlier = tenant.apiToken("alice"); // signed by the same key, not remembered
    assertThat(location(http.get(tenant.issuer() + "oidc/logout?id_token_hint=" + earlier)))
        .hasPath("/signed-out");
    Answer posted =
        http.form(
            tenant.issuer() + "oidc/logout",
            Map.of("post_logout_redirect_uri", "http://localhost:8080/"));
    assertThat(location(posted)).hasToString("http://localhost:8080/");
  }

  @ParameterizedTest
  @CsvSource({
    "post_logout_redirect_uri, http://example.com/",
    "post_logout_redirect_uri, http://localhost:8080/elsewhere",
    "post_logout_redirect_uri, javascript:alert(1)",
    "client_id, somebody",
    "id_token_hint, eyJhbGciOiJub25lIn0.e30."
  })
  void logoutIsRefusedAndNothingEndsWhenAParameterIsWrong(String parameter, String value)
      throws IOException {
    String cookie = logIn();

    Answer refused =
        http.form(tenant.issuer() + "oidc/logout", Map.of(parameter, value), "Cookie", cookie);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error_description").asString()).contains(parameter);
    assertThat(location(http.get(authorize(CALLBACK), "Cookie", cookie)).toString())
        .startsWith(CALLBACK);
  }

  /** Goes through the login page as alice; the session's cookie. */
  private String logIn() throws IOException {
    Answer login = http.get(authorize(CALLBACK), "Accept", "text/html");
    assertThat(location(login)).hasPath("/login");
    Answer loggedIn =
        http.form(
            tenant.issuer() + "login",
            Map.of("username", "alice", "password", "alice"),
            "Cookie",
            sessionCookie(login));
    assertThat(location(loggedIn)).hasPath("/authorize");
    String cookie = sessionCookie(loggedIn);
    assertThat(cookie).startsWith("TENANT_SESSION=");
    return cookie;
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
