package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @StartStop private final MockWebServer server = new MockWebServer();
  private final OkHttpClient shared = new OkHttpClient();
  private final Transport transport = Transport.reusing(shared, PATIENT, PATIENT, PATIENT);
  private final Transport hasty = Transport.reusing(shared, PATIENT, SHORT, SHORT);

  @Test
  void answeredWithStatusReasonHeadersAndBody() {
    server.enqueue(
        new MockResponse.Builder()
            .status("HTTP/1.1 201 Made")
            .addHeader("X-Test", "yes")
            .body("done")
            .build());

    assertThat(transport.send(post()))
        .isInstanceOfSatisfying(
            Answered.class,
            answer -> {
              assertThat(answer.status()).isEqualTo(201);
              assertThat(answer.reason()).isEqualTo("Made");
              assertThat(answer.statusText()).isEqualTo("Made");
              assertThat(answer.headers().get("X-Test")).isEqualTo("yes");
              assertThat(answer.body()).isEqualTo("done");
              assertThat(answer.toString()).contains("201").doesNotContain("done");
            });
  }

  @Test
  void usualStatusTextWhenTheServerSendsNone() {
    server.enqueue(new MockResponse.Builder().status("HTTP/1.1 201 ").build());

    assertThat(transport.send(post()))
        .isInstanceOfSatisfying(
            Answered.class, answer -> assertThat(answer.statusText()).isEqualTo("Created"));
  }

  @Test
  void notSentWhenTheConnectionIsRefused() {
    Request request = post();
    server.close();

    assertThat(transport.send(request)).isInstanceOf(NotSent.class);
  }

  @Test
  void notSentWhenTheHostIsUnknown() {
    OkHttpClient lost =
        shared
            .newBuilder()
            .dns(host -> {
              throw new UnknownHostException(host);
            })
            .build();

    assertThat(Transport.reusing(lost, PATIENT, PATIENT, PATIENT).send(post()))
        .isInstanceOf(NotSent.class);
  }

  @Test
  void notSentWhenTheServerDoesNotSpeakTls() {
    Request toPlain = post("https://" + server.getHostName() + ":" + server.getPort() + "/");

    assertThat(transport.send(toPlain)).isInstanceOf(NotSent.class);
  }

  @Test
  void notSentWhenTheTlsHandshakeStalls() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Request request = post("https://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThat(hasty.send(request)).isInstanceOf(NotSent.class);
    }
  }

  @Test
  void answeredWhenOnlyOneAddressOfTheHostIsAlive() {
    OkHttpClient twoAddresses =
        shared
            .newBuilder()
            .dns(host ->
                List.of(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
            .build();
    server.enqueue(new MockResponse.Builder().build());

    assertThat(Transport.reusing(twoAddresses, PATIENT, PATIENT, PATIENT).send(post()))
        .isInstanceOf(Answered.class);
  }

  @Test
  void lostWhenTheServerHangsUpAfterTheRequest() {
    server.enqueue(hangsUp());

    assertThat(transport.send(post())).isInstanceOf(Lost.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  /** It may be what is left of the answer before, where that was longer than it said. */
  @ParameterizedTest
  @ValueSource(strings = {"\"access_token\":\"eyJ.secret\"}", "HTTP/1.1 eyJ.secret"})
  void doesNotRepeatWhatIsNoAnswer(String line) {
    server.enqueue(new MockResponse.Builder().status(line).build());

    assertThat(transport.send(post()))
        .isInstanceOfSatisfying(
            Lost.class, lost -> assertThat(lost.reason()).doesNotContain("eyJ.secret"));
  }

  @Test
  void lostWhenTheAnswerIsBeyondWhatCanBeRead() {
    server.enqueue(new MockResponse.Builder().status("HTTP/1.1 -20 Words").build());

    assertThat(transport.send(post())).isInstanceOf(Lost.class);
  }

  @ParameterizedTest
  @CsvSource({"99999999999999999999999,259200", "4294967296,259200", "0000000007,7", "30,30"})
  void answeredHoweverLongTheServerWantsToBeLeftAlone(String wanted, long seconds) {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", wanted).build());

    assertThat(transport.send(post()))
        .isInstanceOfSatisfying(
            Answered.class,
            answer ->
                assertThat(RetryAfter.named(answer.headers(), Clock.systemUTC()))
                    .isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void asksOnceWhenTheServerWantsToBeAskedAgainAtOnce() {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().code(200).build());

    Request get = new Request.Builder().url(server.url("/")).build();

    assertThat(transport.send(get))
        .isInstanceOfSatisfying(
            Answered.class, answer -> assertThat(answer.status()).isEqualTo(503));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void lostWhenNoAnswerComesInTime() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    assertThat(hasty.send(post()))
        .isInstanceOfSatisfying(
            Lost.class, lost -> assertThat(lost.reason()).contains("stopped waiting"));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void lostWhenAPooledConnectionIsResetAfterTheNextRequest() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().build());
    server.enqueue(hangsUp());

    assertThat(transport.send(post())).isInstanceOf(Answered.class);
    assertThat(transport.send(post())).isInstanceOf(Lost.class);
    server.takeRequest();
    assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(1);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void connectingAnewNeverMeetsAStaleConnection() throws InterruptedException {
    Transport anew = Transport.connectingAnew(shared, PATIENT, PATIENT, PATIENT);
    server.enqueue(
        new MockResponse.Builder()
            .body("first")
            .onResponseEnd(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(new MockResponse.Builder().body("second").build());
    server.enqueue(new MockResponse.Builder().body("third").build());

    assertThat(bodyOf(anew.send(post()))).isEqualTo("first");
    assertThat(bodyOf(anew.send(post()))).isEqualTo("second");
    assertThat(bodyOf(anew.send(post()))).isEqualTo("third");
    for (int connection = 0; connection < 3; connection++) {
      assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(connection);
    }
  }

  @Test
  void bodyIsUnreadableWhenItIsTooLong() {
    server.enqueue(
        new MockResponse.Builder().body("x".repeat(Transport.MAX_BODY_BYTES + 1)).build());
    server.enqueue(new MockResponse.Builder().body("x".repeat(Transport.MAX_BODY_BYTES)).build());

    assertThat(bodyOf(transport.send(post()))).isNull();
    assertThat(bodyOf(transport.send(post()))).hasSize(Transport.MAX_BODY_BYTES);
  }

  @Test
  void bodyIsUnreadableWhenItBreaksOffOrStalls() {
    server.enqueue(
        new MockResponse.Builder()
            .body("x".repeat(1_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    server.enqueue(new MockResponse.Builder().body("late").bodyDelay(9, TimeUnit.SECONDS).build());
    Duration enoughForHeaders = Duration.ofSeconds(3);
    Transport tired = Transport.reusing(shared, PATIENT, enoughForHeaders, enoughForHeaders);

    assertThat(bodyOf(transport.send(post()))).isNull();
    assertThat(bodyOf(tired.send(post()))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowed(int status) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Location", "/elsewhere").build());

    assertThat(statusOf(transport.send(post()))).isEqualTo(status);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 408, 421, 500, 503})
  void nothingIsRepeated(int status) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Retry-After", "0")
            .addHeader("WWW-Authenticate", "Basic")
            .build());

    assertThat(statusOf(transport.send(post()))).isEqualTo(status);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void cookiesAreNotKept() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().addHeader("Set-Cookie", "a=b").build());
    server.enqueue(new MockResponse.Builder().build());

    transport.send(post());
    transport.send(post());
    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("Cookie")).isNull();
  }

  private static MockResponse hangsUp() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private Request post() {
    return post(server.url("/").toString());
  }

  private static Request post(String url) {
    return new Request.Builder().url(url).post(RequestBody.create(new byte[] {1}, null)).build();
  }

  private static int statusOf(Exchange exchange) {
    assertThat(exchange).isInstanceOf(Answered.class);
    return ((Answered) exchange).status();
  }

  private static @Nullable String bodyOf(Exchange exchange) {
    assertThat(exchange).isInstanceOf(Answered.class);
    return ((Answered) exchange).body();
  }
}
