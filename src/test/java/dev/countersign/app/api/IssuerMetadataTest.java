package dev.countersign.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.TestIssuer;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestTemplate;

/** Where an issuer's discovery document is looked for. */
class IssuerMetadataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/realms/my%20realm/.well-known/openid-configuration",
        "/.well-known/openid-configuration/realms/my%20realm",
        "/.well-known/oauth-authorization-server/realms/my%20realm"
      })
  void pathOfAnIssuerIsSentAsItIsWritten(String place) {
    try (TestIssuer issuer = new TestIssuer("/realms/my%20realm")) {
      issuer.answers(
          place,
          _ ->
              TestIssuer.json(
                  "{\"issuer\":\"%s\",\"jwks_uri\":\"https://id.example.com/jwks\"}"
                      .formatted(issuer.issuer())));

      assertThat(new IssuerMetadata(issuer.issuer(), new RestTemplate()).jwksUri())
          .isEqualTo(URI.create("https://id.example.com/jwks"));
    }
  }
}
