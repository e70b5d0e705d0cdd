package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.TestTls;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate of the client that a transport is made from. */
class ClientCertificateTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private static final HeldCertificate CLIENT =
      new HeldCertificate.Builder().commonName("agent").build();
  private static final HandshakeCertificates SERVER_TLS =
      new HandshakeCertificates.Builder()
          .heldCertificate(SERVER)
          .addTrustedCertificate(CLIENT.certificate())
          .build();

  @StartStop private final MockWebServer server = new MockWebServer();

  @Test
  void isPresentedOnEveryTransport() throws InterruptedException {
    server.useHttps(SERVER_TLS.sslSocketFactory());
    server.requireClientAuth();
    OkHttpClient base = http(CLIENT);

    for (Transport transport :
        List.of(
            Transport.reusing(base, PATIENT, PATIENT, PATIENT),
            Transport.connectingAnew(base, PATIENT, PATIENT, PATIENT))) {
      server.enqueue(new MockResponse.Builder().build());

      assertThat(transport.send(post(server.getPort()))).isInstanceOf(Answered.class);
      assertThat(Objects.requireNonNull(server.takeRequest().getHandshake()).peerCertificates())
          .containsExactly(CLIENT.certificate());
    }
  }

  @Test
  void isMissedBeforeTheRequestIsRead() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<@Nullable Void> refusal = threads.submit(refusing(listening));
      Transport transport = Transport.connectingAnew(http(null), PATIENT, PATIENT, PATIENT);

      assertThat(transport.send(post(listening.getLocalPort())))
          .isInstanceOfSatisfying(
              NotSent.class, answer -> assertThat(answer.reason()).contains("certificate"));
      assertThatThrownBy(refusal::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SSLException.class);
    }
  }

  /**
   * The server has answered; what fails afterwards looks like the handshake, but comes too late.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(illegal_parameter) Invalid session ticket",
        "(handshake_failure) Received fatal alert: handshake_failure"
      })
  void lostWhenTheFailureMayHaveComeAfterTheRequestWasRead(String words)
      throws InterruptedException {
    server.useHttps(SERVER_TLS.sslSocketFactory());
    server.enqueue(new MockResponse.Builder().build());
    OkHttpClient failing = failing(words, new AtomicInteger());

    assertThat(
            Transport.connectingAnew(failing, PATIENT, PATIENT, PATIENT)
                .send(post(server.getPort())))
        .isInstanceOf(Lost.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void lostWhenTheCertificateIsRefusedOnAConnectionThatWasUsedBefore() {
    server.useHttps(SERVER_TLS.sslSocketFactory());
    server.enqueue(new MockResponse.Builder().build());
    server.enqueue(new MockResponse.Builder().build());
    Transport reusing =
        Transport.reusing(
            failing(
                "(certificate_revoked) Received fatal alert: certificate_revoked",
                new AtomicInteger(1)),
            PATIENT,
            PATIENT,
            PATIENT);

    assertThat(reusing.send(post(server.getPort()))).isInstanceOf(Answered.class);
    assertThat(reusing.send(post(server.getPort()))).isInstanceOf(Lost.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  /** After some answers that arrive, each further one is lost in what looks like a handshake. */
  private static OkHttpClient failing(String words, AtomicInteger answersFirst) {
    return http(CLIENT)
        .newBuilder()
        .addNetworkInterceptor(chain -> {
          Response response = chain.proceed(chain.request());
          if (answersFirst.getAndDecrement() > 0) {
            return response;
          }
          response.close();
          throw new SSLHandshakeException(words);
        })
        .build();
  }

  /** Keeps the connection open until the client has gone, so that the refusal can be read. */
  private static Callable<@Nullable Void> refusing(ServerSocket listening) {
    return () -> {
      try (Socket connection = listening.accept();
          SSLSocket secured =
              (SSLSocket)
                  SERVER_TLS
                      .sslContext()
                      .getSocketFactory()
                      .createSocket(connection, null, listening.getLocalPort(), false)) {
        secured.setUseClientMode(false);
        secured.setNeedClientAuth(true);
        try {
          secured.startHandshake();
        } finally {
          connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        throw new IOException("The client without a certificate was let in");
      }
    };
  }

  private static OkHttpClient http(@Nullable HeldCertificate certificate) {
    return TestTls.client(certificate, SERVER);
  }

  private static Request post(int port) {
    return new Request.Builder()
        .url("https://localhost:" + port + "/")
        .post(RequestBody.create("text", null))
        .build();
  }
}
