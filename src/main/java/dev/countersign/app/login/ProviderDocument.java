package dev.countersign.app.login;

import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.settings.SecureUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What of a discovery document Spring doesn't read (OpenID Connect Discovery 3). */
record ProviderDocument(Map<String, Object> members) {

  /** What a login asks for: who somebody is, and of the rest what the provider offers. */
  List<String> scopes() {
    List<String> scopes = new ArrayList<>(List.of("openid"));
    scopes.addAll(offered("scopes_supported", List.of("profile", "email")));
    return scopes;
  }

  /** Those of the wanted values that a list offers; all of them where there is no list. */
  private List<String> offered(String list, List<String> wanted) {
    return members.get(list) instanceof List<?> offered
        ? wanted.stream().filter(offered::contains).toList()
        : wanted;
  }

  /**
   * An endpoint's address, for connections that show a certificate its own (RFC 8705 5).
   *
   * @throws IllegalArgumentException if it isn't named, or isn't secure
   */
  String endpoint(String name, boolean certificate) {
    Object alias =
        certificate && members.get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases
            ? aliases.get(name)
            : null;
    Object address = alias == null ? members.get(name) : alias;
    if (!(address instanceof String text)) {
      throw new IllegalArgumentException(name + " is missing");
    }
    SecureUri.check(name, URI.create(text));
    return text;
  }

  /** Whether a member says yes. */
  boolean says(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** How a secret is sent: {@code client_secret_basic} where nothing else is said. */
  ClientAuthentication bySecret(String clientId, ClientSecret secret) {
    List<String> methods =
        offered(
            "token_endpoint_auth_methods_supported",
            List.of("client_secret_basic", "client_secret_post"));
    return methods.isEmpty() || methods.contains("client_secret_basic")
        ? new ClientAuthentication.ClientSecretBasic(clientId, secret)
        : new ClientAuthentication.ClientSecretPost(clientId, secret);
  }
}
