package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.TokenAnswer.InvalidGrant;
import dev.countersign.ciba.provider.CibaTimeouts;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class TokenTest {
  private static final AuthReqId AUTH_REQ_ID = new AuthReqId("XyVW8Z3H+/=");
  private static final String GRANTED =
      "{\"access_token\":\"eyJ.a.b\",\"id_token\":\"eyJ.c.d\",\"expires_in\":86400,"
          + "\"scope\":\"openid product:buy\",\"token_type\":\"Bearer\"}";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @Test
  void sendsGrantTypeAndAuthReqId() throws InterruptedException {
    provider.answers(200, GRANTED);

    poll();

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).isEqualTo("POST /oauth/token HTTP/1.1");
    assertThat(sent.getHeaders().get("Content-Type"))
        .startsWith("application/x-www-form-urlencoded");
    assertThat(Provider.form(sent))
        .isEqualTo(
            Map.of(
                "grant_type", "urn:openid:params:grant-type:ciba",
                "auth_req_id", "XyVW8Z3H+/=",
                "client_id", "agent",
                "client_secret", "s3cr&t +ü"));
  }

  @Test
  void providersWordsDoNotRepeatTheAuthReqId() {
    provider.answers(
        400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"unknown XyVW8Z3H+/=\\n"
            + "x".repeat(500)
            + "\"}");

    assertThat(poll())
        .isInstanceOfSatisfying(
            InvalidGrant.class,
            answer ->
                assertThat(answer.description()).startsWith("unknown [hidden] xx").hasSize(300));
  }

  @Test
  void waitsForAnAnswerLongerThanAProviderMayHoldIt() {
    assertThat(CibaTimeouts.defaults().tokenRead()).isGreaterThan(Duration.ofSeconds(30));
    assertThat(CibaTimeouts.defaults().tokenCall())
        .isGreaterThan(CibaTimeouts.defaults().tokenRead());
  }

  private TokenAnswer poll() {
    return provider.client().token(AUTH_REQ_ID);
  }
}
