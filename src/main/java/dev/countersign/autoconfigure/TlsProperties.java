package dev.countersign.autoconfigure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The certificate that this application shows to the identity provider, and to a shop that asks for
 * one (RFC 8705).
 *
 * @param certificate PEM, with its chain (environment variable {@code CIBA_TLS_CERT})
 * @param key PEM, the certificate's private key (environment variable {@code CIBA_TLS_KEY})
 * @param keyStore PKCS #12 or JKS, instead of the two
 * @param keyStorePassword the key store's password
 * @param trust PEM: the certification authorities of the provider; unset: those of the Java runtime
 *     (environment variable {@code CIBA_TLS_TRUST})
 */
@ConfigurationProperties("countersign.ciba.tls")
public record TlsProperties(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path keyStore,
    @DefaultValue("") String keyStorePassword,
    @Nullable Path trust) {
  /** No certificate, and the Java runtime's certification authorities. */
  public static final TlsProperties NONE = new TlsProperties(null, null, null, "", null);

  public TlsProperties {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "countersign.ciba.tls.certificate (CIBA_TLS_CERT) and countersign.ciba.tls.key"
              + " (CIBA_TLS_KEY) must be set together.");
    }
    if (certificate != null && keyStore != null) {
      throw new IllegalArgumentException(
          "countersign.ciba.tls.key-store (COUNTERSIGN_CIBA_TLS_KEYSTORE) must not be set beside"
              + " CIBA_TLS_CERT: there can be one certificate only.");
    }
  }

  /** Whether there is a certificate to show. */
  public boolean hasCertificate() {
    return certificate != null || keyStore != null;
  }

  @Override
  public String toString() {
    return "TlsProperties[certificate=" + certificate + ", keyStore=" + keyStore + "]";
  }
}
