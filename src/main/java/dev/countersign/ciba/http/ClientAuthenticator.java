package dev.countersign.ciba.http;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.countersign.ciba.client.ClientAssertion;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientSecret;
import java.time.Clock;
import java.util.Map;
import okhttp3.Request;

/** Proves who the client is, to each request anew (OpenID Connect Core 9, RFC 8705 2). */
final class ClientAuthenticator {
  private final ClientAuthentication authentication;
  private final String issuer;
  private final Clock clock;

  ClientAuthenticator(ClientAuthentication authentication, String issuer, Clock clock) {
    this.authentication = authentication;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** Adds the fields or the header that the method needs. */
  void authenticate(Map<String, String> form, Request.Builder request, Secrets secrets) {
    switch (authentication) {
      case ClientAuthentication.ClientSecretPost(var id, var secret) -> {
        form.put("client_id", id);
        form.put("client_secret", secret.value());
      }
      case ClientAuthentication.ClientSecretBasic(var id, var secret) -> {
        String header = basic(id, secret);
        request.header("Authorization", header);
        secrets.add(header.substring("Basic ".length()));
        secrets.add(secret.value());
      }
      case ClientAuthentication.PrivateKeyJwt(var id, var key) -> {
        form.put("client_id", id);
        form.putAll(new ClientAssertion(id, key, issuer, clock).fields());
      }
      case ClientAuthentication.TlsClientAuth(var id) -> form.put("client_id", id);
      case ClientAuthentication.SelfSignedTlsClientAuth(var id) -> form.put("client_id", id);
    }
  }

  private static String basic(String clientId, ClientSecret secret) {
    return new com.nimbusds.oauth2.sdk.auth.ClientSecretBasic(
            new ClientID(clientId), new Secret(secret.value()))
        .toHTTPAuthorizationHeader();
  }
}
