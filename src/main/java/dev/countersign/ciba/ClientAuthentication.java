package dev.countersign.ciba;

/** How the client proves who it is, at both endpoints alike (OpenID Connect Core 9). */
public sealed interface ClientAuthentication {

  /** The client's name at the provider. */
  String clientId();

  /** The client's password. */
  ClientSecret clientSecret();

  /** {@code client_secret_post}: both in the form (RFC 6749 2.3.1). */
  record ClientSecretPost(String clientId, ClientSecret clientSecret)
      implements ClientAuthentication {}

  /** {@code client_secret_basic}: both form-encoded in the {@code Authorization} header. */
  record ClientSecretBasic(String clientId, ClientSecret clientSecret)
      implements ClientAuthentication {}
}
