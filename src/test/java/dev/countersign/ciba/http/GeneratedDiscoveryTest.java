package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.answers.AnsweringServer;
import dev.countersign.answers.Cases;
import dev.countersign.answers.Dice;
import dev.countersign.answers.GeneratedCase;
import dev.countersign.answers.ProviderAnswers;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.grant.IdTokens;
import dev.countersign.ciba.provider.CapabilityCheck;
import dev.countersign.ciba.provider.Discovery;
import dev.countersign.ciba.provider.DiscoveryException;
import dev.countersign.ciba.provider.ProviderMetadata;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever a provider says of itself, it is taken, or refused with a sentence; and what was taken
 * can be called, or is told to be unreachable.
 */
class GeneratedDiscoveryTest {
  private static final Duration AT_MOST = Duration.ofSeconds(25);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final int MOST_CHARACTERS = 1_500;

  private static final List<String> ADDRESSES =
      List.of(
          "https://host.example/a",
          "https://host.example:99999/a",
          "https://host.example:0/a",
          "https://host.example:-1/a",
          "https://host.example:/a",
          "https://user:password@host.example/a",
          "https://host.example/a#b",
          "https://host.example?a=b",
          "https://[::1]/a",
          "https://[::1/a",
          "https://[fe80::1%25eth0]/a",
          "https://127.1/a",
          "https://%31/a",
          "https://a..b/c",
          "https://-a/b",
          "https://a-/b",
          "https://a_b/c",
          "https://xn--/a",
          "https://xn--a/b",
          "https://.../a",
          "https:///a",
          "https:a",
          "https://",
          "HTTPS://HOST.EXAMPLE/A",
          "http://host.example/a",
          "ftp://host.example/a",
          "file:///etc/passwd",
          "//host.example/a",
          "/a",
          "https://host.example/a b",
          "https://host.example/\u00e4",
          "https://h\u00f6st.example/a",
          "https://host.example/%zz",
          "https://" + "a".repeat(64) + ".example/a",
          "https://" + "a.".repeat(300) + "example/a",
          "https://host.example/" + "a".repeat(50_000),
          " https://host.example/a",
          "");

  private static final AnsweringServer server = AnsweringServer.start();
  private static final OkHttpClient http = new OkHttpClient();
  private static final OkHttpClient cutOff =
      new OkHttpClient.Builder()
          .dns(_ -> List.of(InetAddress.getLoopbackAddress()))
          .socketFactory(new CutOff())
          .build();

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void staysWithinWhatItMaySay() throws InterruptedException {
    Cases.or(500).hold(AT_MOST, GeneratedDiscoveryTest::hold);
  }

  private static void hold(GeneratedCase it) {
    Dice dice = it.dice();
    String name = "case" + it.index();
    String issuer = server.url("/" + name);
    ProviderAnswers answers = new ProviderAnswers(dice, SLOW);
    String document = document(dice, issuer).toString();
    server.answer(name, _ -> answers.document(document));
    try {
      use(new Discovery(http, issuer, Provider.clock()).discover(Duration.ZERO), document);
    } catch (DiscoveryException e) {
      assertThat(e.getMessage()).hasSizeLessThan(MOST_CHARACTERS).doesNotContainPattern("\\p{Cc}");
    } finally {
      server.forget(name);
    }
  }

  private static ObjectNode document(Dice dice, String issuer) {
    ObjectNode document = new ObjectMapper().createObjectNode().put("issuer", issuer);
    for (String endpoint :
        List.of("backchannel_authentication_endpoint", "token_endpoint", "jwks_uri")) {
      String address = dice.oneIn(3) ? dice.oneOf(ADDRESSES) : "https://host.example/a";
      document.put(endpoint, address);
      if (dice.oneIn(4)) {
        document.withObject("/mtls_endpoint_aliases").put(endpoint, dice.oneOf(ADDRESSES));
      }
    }
    document.putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
    document.putArray("id_token_signing_alg_values_supported").add("RS256").add("none");
    document.putArray("backchannel_token_delivery_modes_supported").add("poll");
    return document.put("backchannel_user_code_parameter_supported", true);
  }

  private static void use(ProviderMetadata metadata, String document) {
    ClientSettings settings = Provider.settings(Provider.POST);
    for (DeliveryMode mode : DeliveryMode.values()) {
      assertThat(CapabilityCheck.faults(metadata, settings, mode, false, true))
          .allMatch(fault -> !fault.isBlank());
    }
    for (ProviderMetadata each : List.of(metadata, metadata.forClientCertificate())) {
      BackchannelClient client =
          new HttpBackchannelClient(cutOff, each, settings, Provider.clock());
      assertThat(client.authenticate(Provider.ASKED))
          .as(document)
          .isInstanceOf(AuthenticationAnswer.NotSent.class);
      assertThat(client.token(new AuthReqId("a"), null))
          .as(document)
          .isInstanceOf(TokenAnswer.Unavailable.class);
      assertThat(
              client.check(
                  IdTokens.tokens(IdTokens.with(_ -> {})),
                  Provider.ASKED,
                  IdTokens.AUTH_REQ_ID,
                  Duration.ofMinutes(2)))
          .as(document)
          .isInstanceOf(GrantCheck.KeysUnavailable.class);
    }
  }

  /** Nothing leaves this machine, nor gets anywhere on it. */
  private static final class CutOff extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
          throw new ConnectException("cut off");
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int localPort) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) {
      return createSocket();
    }
  }
}
