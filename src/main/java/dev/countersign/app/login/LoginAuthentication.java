package dev.countersign.app.login;

import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientSecret;

/** How this application proves at the login's token endpoint who it is (OpenID Connect Core 9). */
public sealed interface LoginAuthentication {

  /** Its name at the provider. */
  String clientId();

  /** As at the provider that asks users, where this application is the same client. */
  record AsForApprovals(ClientAuthentication authentication) implements LoginAuthentication {
    @Override
    public String clientId() {
      return authentication.clientId();
    }
  }

  /** By the secret in the way that the provider offers, {@code client_secret_basic} first. */
  record AsOffered(String clientId, ClientSecret secret) implements LoginAuthentication {}

  /** Not at all: a public client, which has nothing but PKCE. */
  record None(String clientId) implements LoginAuthentication {}
}
