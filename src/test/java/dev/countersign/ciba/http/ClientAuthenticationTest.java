package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.ciba.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.key.Keys;
import dev.countersign.ciba.key.SigningAlgorithm;
import java.text.ParseException;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way in which a client proves itself, at both endpoints. */
class ClientAuthenticationTest {
  private static final AuthReqId AUTH_REQ_ID = new AuthReqId("a1");
  private static final String PENDING = "{\"error\":\"authorization_pending\"}";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @Test
  void secretIsInTheFormByPost() throws InterruptedException {
    for (RecordedRequest sent : sentToBothEndpoints(Provider.POST)) {
      assertThat(Provider.form(sent))
          .containsEntry("client_id", "agent")
          .containsEntry("client_secret", "s3cr&t +ü");
      assertThat(sent.getHeaders().get("Authorization")).isNull();
    }
  }

  @Test
  void secretIsInTheHeaderByBasic() throws InterruptedException {
    ClientAuthentication basic = new ClientSecretBasic("agent", new ClientSecret("secret"));

    for (RecordedRequest sent : sentToBothEndpoints(basic)) {
      assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Basic YWdlbnQ6c2VjcmV0");
      assertThat(Provider.form(sent)).doesNotContainKeys("client_id", "client_secret");
    }
  }

  @ParameterizedTest
  @EnumSource
  void assertionIsSignedForTheIssuer(SigningAlgorithm algorithm)
      throws InterruptedException, ParseException {
    Keys keys = Keys.fitting(algorithm, "k1");

    for (RecordedRequest sent :
        sentToBothEndpoints(new PrivateKeyJwt("agent", keys.signing(algorithm)))) {
      Map<String, String> form = Provider.form(sent);
      assertThat(form)
          .containsEntry("client_id", "agent")
          .containsEntry(
              "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
          .doesNotContainKey("client_secret");
      String assertion = form.getOrDefault("client_assertion", "");
      JWTClaimsSet claims = keys.verified(assertion, algorithm);
      assertThat(claims.getClaims())
          .containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp")
          .containsEntry("iss", "agent")
          .containsEntry("sub", "agent")
          .containsEntry("iat", Date.from(Provider.NOW.minusSeconds(10)))
          .containsEntry("exp", Date.from(Provider.NOW.plusSeconds(60)));
      assertThat(SignedJWT.parse(assertion).getPayload().toJSONObject())
          .as("one text, not a list")
          .containsEntry("aud", "https://tenant.example.com/");
      assertThat(claims.getJWTID()).hasSizeGreaterThanOrEqualTo(22);
      assertThat(SignedJWT.parse(assertion).getHeader().getKeyID()).isEqualTo("k1");
    }
  }

  @Test
  void assertionIsNewForEveryRequest() throws InterruptedException {
    Keys keys = Keys.ec("k1");
    BackchannelClient client =
        provider.client(new PrivateKeyJwt("agent", keys.signing(SigningAlgorithm.ES256)));
    Set<String> ids = new HashSet<>();

    for (int i = 0; i < 3; i++) {
      provider.answers(400, PENDING);
      provider.answers(400, PENDING);
      client.authenticate(Provider.ASKED);
      client.token(AUTH_REQ_ID);
      ids.add(assertionId(keys));
      ids.add(assertionId(keys));
    }

    assertThat(ids).hasSize(6);
  }

  @Test
  void clientIdAloneIsSentWhereTheCertificateProves() throws InterruptedException {
    for (ClientAuthentication tls :
        Set.of(new TlsClientAuth("agent"), new SelfSignedTlsClientAuth("agent"))) {
      for (RecordedRequest sent : sentToBothEndpoints(tls)) {
        assertThat(Provider.form(sent))
            .containsEntry("client_id", "agent")
            .doesNotContainKeys("client_secret", "client_assertion", "client_assertion_type");
        assertThat(sent.getHeaders().get("Authorization")).isNull();
      }
    }
  }

  private RecordedRequest[] sentToBothEndpoints(ClientAuthentication authentication)
      throws InterruptedException {
    provider.answers(400, PENDING);
    provider.answers(400, PENDING);
    BackchannelClient client = provider.client(authentication);
    client.authenticate(Provider.ASKED);
    client.token(AUTH_REQ_ID);
    RecordedRequest asked = server.takeRequest();
    RecordedRequest polled = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/bc-authorize");
    assertThat(polled.getTarget()).isEqualTo("/oauth/token");
    return new RecordedRequest[] {asked, polled};
  }

  private String assertionId(Keys keys) throws InterruptedException {
    String assertion = Provider.form(server.takeRequest()).getOrDefault("client_assertion", "");
    return keys.verified(assertion, SigningAlgorithm.ES256).getJWTID();
  }
}
