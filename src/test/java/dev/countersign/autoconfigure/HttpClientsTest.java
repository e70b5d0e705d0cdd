package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.settings.InvalidSettingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate is shown, and whose is believed. */
class HttpClientsTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("test authority").build();
  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .signedBy(AUTHORITY)
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();
  private static final HeldCertificate CLIENT =
      new HeldCertificate.Builder().signedBy(AUTHORITY).commonName("agent").build();

  @TempDir Path directory;
  @StartStop private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void asksForACertificate() {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(SERVER)
            .addTrustedCertificate(AUTHORITY.certificate())
            .build()
            .sslSocketFactory());
    server.requestClientAuth();
    server.enqueue(new MockResponse.Builder().build());
  }

  @Test
  void showsTheCertificateOfPemFiles() throws Exception {
    call(
        HttpClients.of(
                new TlsProperties(
                    file("client.pem", CLIENT.certificatePem()),
                    file("key.pem", CLIENT.privateKeyPkcs8Pem()),
                    null,
                    "",
                    authority()))
            .provider());

    assertThat(shown()).hasToString("CN=agent");
  }

  @Test
  void showsTheCertificateOfAKeyStore() throws Exception {
    call(
        HttpClients.of(new TlsProperties(null, null, keyStore("hush"), "hush", authority()))
            .provider());

    assertThat(shown()).hasToString("CN=agent");
  }

  @Test
  void showsNoneAndBelievesTheAuthoritiesOfTheSettings() throws Exception {
    call(HttpClients.of(new TlsProperties(null, null, null, "", authority())).provider());

    assertThat(Objects.requireNonNull(server.takeRequest().getHandshake()).peerCertificates())
        .isEmpty();
  }

  @Test
  void showsTheSameCertificateToTheShop() throws Exception {
    Path trusted = trustStore();
    String before = System.setProperty("javax.net.ssl.trustStore", trusted.toString());
    OkHttpClient shop;
    try { // read when the client is made
      shop = HttpClients.of(new TlsProperties(null, null, keyStore("hush"), "hush", null)).shop();
    } finally {
      restore("javax.net.ssl.trustStore", before);
    }
    call(shop);

    assertThat(shown()).hasToString("CN=agent");
  }

  @Test
  void believesOnlyTheRuntimesAuthoritiesForTheShop() throws IOException {
    HttpClients clients = HttpClients.of(new TlsProperties(null, null, null, "", authority()));

    assertThatThrownBy(() -> call(clients.shop())).isInstanceOf(SSLException.class);
  }

  @Test
  void namesTheSettingsOfFilesThatCanNotBeUsed() throws Exception {
    Path certificate = file("client.pem", CLIENT.certificatePem());
    Path broken = file("broken.pem", "no key");

    assertThatThrownBy(() -> HttpClients.of(new TlsProperties(certificate, broken, null, "", null)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("CIBA_TLS_CERT and CIBA_TLS_KEY can't be used");
    assertThatThrownBy(() ->
            HttpClients.of(new TlsProperties(null, null, keyStore("hush"), "not the word", null)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageNotContaining("not the word");
    assertThatThrownBy(() ->
            HttpClients.of(new TlsProperties(null, null, null, "", directory.resolve("none.pem"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("CIBA_TLS_TRUST can't be used");
  }

  private void call(OkHttpClient client) throws IOException {
    client.newCall(new Request.Builder().url(server.url("/")).build()).execute().close();
  }

  private Principal shown() throws InterruptedException {
    return Objects.requireNonNull(
        Objects.requireNonNull(server.takeRequest().getHandshake()).peerPrincipal());
  }

  private Path authority() throws IOException {
    return file("authority.pem", AUTHORITY.certificatePem());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static void restore(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  /** In place of the one that the Java runtime has; certificates can be read without a password. */
  private Path trustStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", AUTHORITY.certificate());
    Path file = directory.resolve("trust.p12");
    try (OutputStream output = Files.newOutputStream(file)) {
      store.store(output, null);
    }
    return file;
  }

  private Path keyStore(String password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client",
        CLIENT.keyPair().getPrivate(),
        password.toCharArray(),
        new Certificate[] {CLIENT.certificate()});
    Path file = directory.resolve("client.p12");
    try (OutputStream output = Files.newOutputStream(file)) {
      store.store(output, password.toCharArray());
    }
    return file;
  }
}
