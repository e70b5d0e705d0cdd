package dev.countersign.autoconfigure;

import dev.countersign.http.CallWatcher;
import dev.countersign.settings.InvalidSettingException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * Network settings of the calls that this application makes. All show its certificate to a server
 * that asks for one: a token that is bound to a certificate is worth nothing without it (RFC 8705
 * 3).
 *
 * @param provider to the identity provider
 * @param shop to the shop, which the Java runtime's certification authorities vouch for
 * @param login to the identity provider, for Spring's part of a login: connects within 2 s
 */
public record HttpClients(OkHttpClient provider, OkHttpClient shop, HttpClient login) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * As the settings say.
   *
   * @throws InvalidSettingException if a file can't be used
   */
  public static HttpClients of(TlsProperties tls) {
    return of(tls, List.of());
  }

  /**
   * As the settings say.
   *
   * @param watchers hear of calls of the provider and the shop
   * @throws InvalidSettingException if a file can't be used
   */
  static HttpClients of(TlsProperties tls, List<CallWatcher> watchers) {
    KeyStore certificate = read("CIBA_TLS_CERT and CIBA_TLS_KEY", () -> certificate(tls));
    KeyStore authorities = read("CIBA_TLS_TRUST", () -> authorities(tls.trust()));
    String password = tls.keyStore() == null ? null : tls.keyStorePassword();
    return new HttpClients(
        client(SslStoreBundle.of(certificate, password, authorities), watchers),
        client(SslStoreBundle.of(certificate, password, null), watchers),
        login(SslStoreBundle.of(certificate, password, authorities)));
  }

  private static HttpClient login(SslStoreBundle stores) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    if (stores.getKeyStore() != null || stores.getTrustStore() != null) {
      client.sslContext(bundle(stores).createSslContext());
    }
    return client.build();
  }

  private static OkHttpClient client(SslStoreBundle stores, List<CallWatcher> watchers) {
    OkHttpClient.Builder client = new OkHttpClient.Builder();
    watchers.forEach(client::addInterceptor);
    if (stores.getKeyStore() == null && stores.getTrustStore() == null) {
      return client.build();
    }
    SslBundle bundle = bundle(stores);
    return client
        .sslSocketFactory(
            bundle.createSslContext().getSocketFactory(),
            (X509TrustManager) bundle.getManagers().getTrustManagers()[0])
        .build();
  }

  private static SslBundle bundle(SslStoreBundle stores) {
    return read("CIBA_TLS_CERT, CIBA_TLS_KEY and CIBA_TLS_TRUST", () -> SslBundle.of(stores));
  }

  private static @Nullable KeyStore certificate(TlsProperties tls) {
    if (tls.keyStore() != null) {
      return new JksSslStoreBundle(
              JksSslStoreDetails.forLocation(location(tls.keyStore()))
                  .withPassword(tls.keyStorePassword()),
              null)
          .getKeyStore();
    }
    if (tls.certificate() == null || tls.key() == null) {
      return null;
    }
    return new PemSslStoreBundle(
            PemSslStoreDetails.forCertificate(location(tls.certificate()))
                .withPrivateKey(location(tls.key())),
            null)
        .getKeyStore();
  }

  private static @Nullable KeyStore authorities(@Nullable Path trust) {
    return trust == null
        ? null
        : new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(location(trust)))
            .getTrustStore();
  }

  private static String location(Path file) {
    return file.toUri().toString();
  }

  private interface Reading<T extends @Nullable Object> {
    T read();
  }

  private static <T extends @Nullable Object> T read(String settings, Reading<T> reading) {
    try {
      return reading.read();
    } catch (RuntimeException e) {
      throw new InvalidSettingException(
          settings + " can't be used: " + e.getMessage() + ". Check the files that they name.");
    }
  }
}
