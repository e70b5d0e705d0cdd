package dev.countersign;

import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** TLS between certificates that a test has made. */
public final class TestTls {
  private TestTls() {}

  /**
   * What one side shows and believes.
   *
   * @param own null: shows none
   */
  public static HandshakeCertificates certificates(
      @Nullable HeldCertificate own, HeldCertificate trusted) {
    HandshakeCertificates.Builder certificates =
        new HandshakeCertificates.Builder().addTrustedCertificate(trusted.certificate());
    if (own != null) {
      certificates.heldCertificate(own);
    }
    return certificates.build();
  }

  /**
   * A client.
   *
   * @param own what it shows when it is asked; null: none
   */
  public static OkHttpClient client(@Nullable HeldCertificate own, HeldCertificate trusted) {
    HandshakeCertificates certificates = certificates(own, trusted);
    return new OkHttpClient.Builder()
        .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
        .build();
  }
}
