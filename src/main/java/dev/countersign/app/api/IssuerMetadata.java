package dev.countersign.app.api;

import dev.countersign.settings.SecureUri;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestOperations;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where an issuer publishes its keys (OpenID Connect Discovery 4, RFC 8414 3). Looked for where
 * OpenID Connect has the document, then in the two places of RFC 8414.
 */
record IssuerMetadata(String issuer, RestOperations http) {
  private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
      new ParameterizedTypeReference<>() {};

  /**
   * Asks the issuer.
   *
   * @throws IllegalStateException if there is no such document, or it is another issuer's
   * @throws IllegalArgumentException if the keys' address isn't secure
   * @throws org.springframework.web.client.RestClientException if the issuer doesn't answer
   */
  URI jwksUri() {
    Map<String, Object> document = document();
    if (!issuer.equals(document.get("issuer"))) {
      throw new IllegalStateException(
          "the provider calls itself " + document.get("issuer") + ", not " + issuer);
    }
    if (!(document.get("jwks_uri") instanceof String keys)) {
      throw new IllegalStateException(issuer + " names no jwks_uri");
    }
    URI address = URI.create(keys);
    SecureUri.check("the jwks_uri of " + issuer, address);
    return address;
  }

  private Map<String, Object> document() {
    return addresses().stream()
        .flatMap(address -> at(address).stream())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("there is no discovery document of " + issuer));
  }

  private Optional<Map<String, Object>> at(URI address) {
    try {
      return Optional.ofNullable(http.exchange(address, HttpMethod.GET, null, DOCUMENT).getBody());
    } catch (HttpClientErrorException e) {
      return Optional.empty(); // not there: it may be in the next place
    }
  }

  private List<URI> addresses() {
    URI base = URI.create(issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer);
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    return List.of(
        at(base, path + "/.well-known/openid-configuration"),
        at(base, "/.well-known/openid-configuration" + path),
        at(base, "/.well-known/oauth-authorization-server" + path));
  }

  private static URI at(URI base, String path) {
    return UriComponentsBuilder.fromUri(base).replacePath(path).build(true).toUri();
  }
}
