package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.login.LoginAuthentication.AsForApprovals;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.ClientKeyProperties;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretPost;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.clock.RemoteClocks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/** What the settings for approvals mean for logins. */
class LoginClientTest {
  private static final String ISSUER = "https://id.example.com";

  @TempDir private Path directory;

  private static <T> T bind(Class<T> record, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((name, value) -> properties.put("countersign.ciba." + name, value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(record.getAnnotation(ConfigurationProperties.class).value(), record);
  }

  private static LoginClient client(Map<String, String> settings) {
    return client("hush", settings);
  }

  private static LoginClient client(String secret, Map<String, String> settings) {
    TlsProperties tls = bind(TlsProperties.class, settings);
    return new LoginClientConfiguration()
        .loginClient(
            HttpClients.of(tls),
            new OidcProperties(URI.create(ISSUER), "app", secret),
            bind(CibaProperties.class, settings),
            bind(ClientKeyProperties.class, settings),
            tls,
            new RemoteClocks(Clock.systemUTC(), Duration.ofMinutes(5)));
  }

  @Test
  void provesItselfAsForApprovalsWhereTheClientIsTheSame() {
    assertThat(client(Map.of("profile", "auth0")).authentication())
        .isEqualTo(new AsForApprovals(new ClientSecretPost("app", new ClientSecret("hush"))));
    assertThat(client(Map.of("profile", "keycloak")).authentication())
        .isEqualTo(new AsForApprovals(new ClientSecretBasic("app", new ClientSecret("hush"))));
    Map<String, String> own = Map.of("issuer", ISSUER, "user-claim", "sub", "client-secret", "s");
    assertThat(client(own).authentication())
        .isEqualTo(new AsForApprovals(new ClientSecretBasic("app", new ClientSecret("s"))));
    LoginClient certificate =
        client(Map.of("client-authentication", "self_signed_tls_client_auth", "client-id", "app"));
    assertThat(certificate.authentication())
        .isEqualTo(new AsForApprovals(new SelfSignedTlsClientAuth("app")));
    assertThat(certificate.idTokenAlgorithm()).isEqualTo(SignatureAlgorithm.RS256);
  }

  @ParameterizedTest
  @CsvSource({
    "client-id, another",
    "issuer, https://id.bank.example",
  })
  void provesItselfAsTheProviderOffersWhereItIsAnother(String setting, String value) {
    LoginClient client =
        client(
            Map.of(
                setting,
                value,
                "user-claim",
                "sub",
                "profile",
                "fapi-ciba",
                "client-secret",
                "another"));
    assertThat(client.authentication())
        .isEqualTo(new LoginAuthentication.AsOffered("app", new ClientSecret("hush")));
    assertThat(client.showsCertificate()).isFalse();
    assertThat(client.idTokenAlgorithm()).isNull();
  }

  @Test
  void isPublicWhereItIsAnotherAndHasNoSecret() {
    assertThat(client("", Map.of("client-id", "another")).authentication())
        .isEqualTo(new LoginAuthentication.None("app"));
  }

  @Test
  void signsAssertionsWithTheKeyAndShowsTheCertificate() throws Exception {
    HeldCertificate held = new HeldCertificate.Builder().rsa2048().build();
    Path key = Files.writeString(directory.resolve("key.pem"), held.privateKeyPkcs8Pem());
    Path certificate = Files.writeString(directory.resolve("cert.pem"), held.certificatePem());
    LoginClient client =
        client(
            Map.of(
                "profile", "fapi-ciba",
                "client-key.file", key.toString(),
                "tls.certificate", certificate.toString(),
                "tls.key", key.toString()));

    assertThat(client.showsCertificate()).isTrue();
    assertThat(client.idTokenAlgorithm()).isEqualTo(SignatureAlgorithm.PS256);
    assertThat(client.authentication())
        .isInstanceOfSatisfying(
            AsForApprovals.class,
            as ->
                assertThat(as.authentication())
                    .isInstanceOfSatisfying(
                        PrivateKeyJwt.class,
                        jwt -> {
                          assertThat(jwt.clientId()).isEqualTo("app");
                          assertThat(jwt.key().algorithm()).isEqualTo(SigningAlgorithm.PS256);
                        }));
  }

  @ParameterizedTest
  @CsvSource({
    "iss_sub, sub, ''",
    "{email}, sub, email",
    "{preferred_username}@{tenant}, email, 'preferred_username,tenant,email'",
  })
  void keepsTheClaimsThatApprovalsNeed(String loginHint, String userClaim, String kept) {
    LoginClaims claims =
        new LoginClientConfiguration()
            .loginClaims(
                new LoginHintTemplate(loginHint, ISSUER),
                bind(CibaProperties.class, Map.of("user-claim", userClaim)));
    assertThat(claims.names()).isEqualTo(kept.isEmpty() ? Set.of() : Set.of(kept.split(",")));
  }
}
