package dev.countersign.ciba.client;

import java.util.Locale;

/** The ways in which a client can prove who it is (OpenID Connect Core 9, RFC 8705 2). */
public enum ClientAuthenticationMethod {
  /** The secret as a form field. */
  CLIENT_SECRET_POST,
  /** The secret in the {@code Authorization} header. */
  CLIENT_SECRET_BASIC,
  /** An assertion signed with a private key (RFC 7523). */
  PRIVATE_KEY_JWT,
  /** A certificate of a certification authority (RFC 8705 2.1). */
  TLS_CLIENT_AUTH,
  /** A certificate that the provider knows (RFC 8705 2.2). */
  SELF_SIGNED_TLS_CLIENT_AUTH;

  /** Whether it needs a secret that the provider knows too. */
  public boolean usesSecret() {
    return this == CLIENT_SECRET_POST || this == CLIENT_SECRET_BASIC;
  }

  /** Whether it needs connections that show a certificate. */
  public boolean usesCertificate() {
    return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
  }

  /** As discovery documents have it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
