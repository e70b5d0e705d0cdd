package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.TokenAnswer;
import java.util.Arrays;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the log says of a provider that refuses the application itself. */
@ExtendWith(OutputCaptureExtension.class)
class ClientTroubleTest {
  private static final String WRONG_SECRET =
      "{\"error\":\"invalid_client\",\"error_description\":\"not s3cr&t +ü\"}";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @Test
  void isSaidOnceWithTheSettingsToLookAt(CapturedOutput log) {
    BackchannelClient client = provider.client();
    for (int poll = 0; poll < 3; poll++) {
      provider.answers(401, WRONG_SECRET);
      assertThat(client.token(new AuthReqId("a1b2c3"))).isInstanceOf(TokenAnswer.Unavailable.class);
    }
    assertThat(errors(log))
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .contains("client agent (401 invalid_client, not [hidden])", "CIBA_CLIENT_SECRET")
                .doesNotContain("s3cr", "a1b2c3"));
  }

  @Test
  void isSaidWhenTheUserIsToBeAskedToo(CapturedOutput log) {
    provider.answers(403, "{\"error\":\"unauthorized_client\"}");
    assertThat(provider.client().authenticate(Provider.ASKED))
        .isInstanceOf(AuthenticationAnswer.Refused.class);
    assertThat(errors(log))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("403 unauthorized_client"));
  }

  @Test
  void isNotSaidOfWhatConcernsOneRequest(CapturedOutput log) {
    BackchannelClient client = provider.client();
    provider.answers(400, "{\"error\":\"invalid_grant\"}");
    assertThat(client.token(new AuthReqId("a1b2c3"))).isInstanceOf(TokenAnswer.InvalidGrant.class);
    provider.answers(400, "{\"error\":\"unknown_user_id\"}");
    assertThat(client.authenticate(Provider.ASKED))
        .isInstanceOf(AuthenticationAnswer.Refused.class);
    assertThat(errors(log)).isEmpty();
  }

  private static List<String> errors(CapturedOutput log) {
    return Arrays.stream(log.getAll().split("\\R"))
        .filter(line -> line.contains("ERROR"))
        .filter(line -> line.contains("refuses this application"))
        .toList();
  }
}
