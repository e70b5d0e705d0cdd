package dev.countersign.app.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.countersign.guard.UserDigest;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.temporal.PayloadSettings;
import dev.countersign.temporal.TemporalSettings;
import dev.countersign.vault.Vault;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DefaultDataConverter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.jwt.Jwt;

class CodecControllerTest {
  private static final Payload PLAIN =
      DefaultDataConverter.newDefaultInstance().toPayload("settled").orElseThrow();

  private final PayloadSeal seal = new PayloadSeal(Vault.withKeys(TestCodecServer.KEYS), "shop");

  /** An operator's signal must be one that the workflow takes. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sealsForOperatorsWhatWorkflowsWantSealed(boolean sealing) throws Exception {
    CodecController controller =
        new CodecController(
            seal,
            new TemporalSettings(
                "localhost:7233",
                "shop",
                "",
                TemporalSettings.Tls.UNSET,
                "",
                Duration.ofMinutes(1)),
            new PayloadSettings(
                sealing ? PayloadSettings.Mode.SEALED : PayloadSettings.Mode.PLAIN, null),
            new CodecServerProperties("payloads", "roles", "operator", "", true),
            new UserDigest(new byte[32]));
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setContent(
        JsonFormat.printer()
            .print(Payloads.newBuilder().addPayloads(PLAIN).build())
            .getBytes(StandardCharsets.UTF_8));
    Jwt olga = Jwt.withTokenValue("t").header("alg", "RS256").subject("olga").build();

    Payloads.Builder answer = Payloads.newBuilder();
    JsonFormat.parser().merge(controller.encode(request, "shop", olga), answer);

    Payload sent = answer.getPayloads(0);
    assertThat(PayloadSeal.isSealed(sent)).isEqualTo(sealing);
    assertThat(sealing ? seal.open(sent) : sent).isEqualTo(PLAIN);
  }
}
