package dev.countersign.keycloak;

import dev.countersign.TestTls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import okhttp3.OkHttpClient;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** An authority of the test run's own, Keycloak's certificate, and those of its clients. */
final class KeycloakCertificates {
  static final String SERVER = "server.pem";
  static final String SERVER_KEY = "server-key.pem";
  static final String TRUST_STORE = "clients.p12";
  static final String TRUST_STORE_PASSWORD = "changeit";

  private final HeldCertificate authority = newAuthority();

  private KeycloakCertificates() {}

  /** Makes them, and writes what Keycloak needs. */
  static KeycloakCertificates into(Path directory) {
    KeycloakCertificates certificates = new KeycloakCertificates();
    HeldCertificate server =
        new HeldCertificate.Builder()
            .commonName("keycloak")
            .addSubjectAlternativeName("127.0.0.1")
            .signedBy(certificates.authority)
            .build();
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(SERVER), server.certificatePem());
      Files.writeString(directory.resolve(SERVER_KEY), server.privateKeyPkcs8Pem());
      certificates.writeTrustStore(directory.resolve(TRUST_STORE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return certificates;
  }

  /** A certificate with the subject {@code CN=<name>} that Keycloak trusts. */
  HeldCertificate client(String name) {
    return new HeldCertificate.Builder().commonName(name).signedBy(authority).build();
  }

  /**
   * One with that subject from an authority that Keycloak doesn't know. It has the name of one that
   * it does: a client shows no certificate of an authority for which the server doesn't ask.
   */
  static HeldCertificate strangeClient(String name) {
    return new HeldCertificate.Builder().commonName(name).signedBy(newAuthority()).build();
  }

  private static HeldCertificate newAuthority() {
    return new HeldCertificate.Builder()
        .commonName("Test authority")
        .certificateAuthority(0)
        .build();
  }

  /** Trusts Keycloak. */
  SSLContext sslContext() {
    return TestTls.certificates(null, authority).sslContext();
  }

  /**
   * Trusts Keycloak.
   *
   * @param certificate shown to it; null: none
   */
  OkHttpClient http(@Nullable HeldCertificate certificate) {
    return TestTls.client(certificate, authority);
  }

  private void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", authority.certificate());
      store.store(out, TRUST_STORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
