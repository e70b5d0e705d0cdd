package dev.countersign.login;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** What of a discovery document Spring doesn't read (OpenID Connect Discovery 3). */
record ProviderDocument(Map<String, Object> members) {

  /** Those of the wanted values that a list offers; all of them where there is no list. */
  List<String> offered(String list, List<String> wanted) {
    return members.get(list) instanceof List<?> offered
        ? wanted.stream().filter(offered::contains).toList()
        : wanted;
  }

  /** An endpoint's address, for connections that show a certificate its own (RFC 8705 5). */
  @Nullable String endpoint(String name, boolean certificate) {
    Object alias =
        certificate && members.get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases
            ? aliases.get(name)
            : null;
    Object address = alias == null ? members.get(name) : alias;
    return address instanceof String text ? text : null;
  }

  /** How a secret is sent: {@code client_secret_basic} where nothing else is said. */
  ClientAuthenticationMethod secretMethod() {
    List<String> methods =
        offered(
            "token_endpoint_auth_methods_supported",
            List.of("client_secret_basic", "client_secret_post"));
    return methods.isEmpty() || methods.contains("client_secret_basic")
        ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
        : ClientAuthenticationMethod.CLIENT_SECRET_POST;
  }
}
