package dev.countersign.ciba.client;

import dev.countersign.ciba.key.SigningKey;

/** How the client proves who it is, at both endpoints alike (OpenID Connect Core 9). */
public sealed interface ClientAuthentication {

  /** The client's name at the provider. */
  String clientId();

  /** Which of the methods it is. */
  default ClientAuthenticationMethod method() {
    return switch (this) {
      case ClientSecretPost _ -> ClientAuthenticationMethod.CLIENT_SECRET_POST;
      case ClientSecretBasic _ -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
      case PrivateKeyJwt _ -> ClientAuthenticationMethod.PRIVATE_KEY_JWT;
      case TlsClientAuth _ -> ClientAuthenticationMethod.TLS_CLIENT_AUTH;
      case SelfSignedTlsClientAuth _ -> ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH;
    };
  }

  /** {@code client_secret_post}: both in the form (RFC 6749 2.3.1). */
  record ClientSecretPost(String clientId, ClientSecret clientSecret)
      implements ClientAuthentication {}

  /** {@code client_secret_basic}: both form-encoded in the {@code Authorization} header. */
  record ClientSecretBasic(String clientId, ClientSecret clientSecret)
      implements ClientAuthentication {}

  /** {@code private_key_jwt}: an assertion, signed anew for every request (RFC 7523 2.2). */
  record PrivateKeyJwt(String clientId, SigningKey key) implements ClientAuthentication {}

  /** {@code tls_client_auth}: the certificate of the connection, by its subject (RFC 8705 2.1). */
  record TlsClientAuth(String clientId) implements ClientAuthentication {}

  /** {@code self_signed_tls_client_auth}: that very certificate (RFC 8705 2.2). */
  record SelfSignedTlsClientAuth(String clientId) implements ClientAuthentication {}
}
