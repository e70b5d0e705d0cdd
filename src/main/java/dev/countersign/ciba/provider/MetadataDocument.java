package dev.countersign.ciba.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads a discovery document. Nimbus' {@code OIDCProviderMetadata} refuses those without members
 * that only a login needs, so the few members that count here are read one by one.
 */
final class MetadataDocument {
  private static final String MTLS_ALIASES = "mtls_endpoint_aliases";

  private final String issuer;
  private final JsonNode document;

  MetadataDocument(String issuer, JsonNode document) {
    this.issuer = issuer;
    this.document = document;
  }

  ProviderMetadata read() {
    String named = text(document.path("issuer"));
    if (!named.equals(issuer)) {
      // OpenID Connect Discovery 4.3: must be identical, a slash at the end included
      throw new DiscoveryException(
          "The provider at "
              + issuer
              + " calls itself \""
              + OAuthBody.clean(named)
              + "\": set the issuer to exactly that if it is the right one");
    }
    // first, since it is what a provider without CIBA lacks
    URI backchannel = endpoint("backchannel_authentication_endpoint");
    List<String> authMethods = texts("token_endpoint_auth_methods_supported");
    return new ProviderMetadata(
        issuer,
        backchannel,
        endpoint("token_endpoint"),
        mtlsAlias("backchannel_authentication_endpoint"),
        mtlsAlias("token_endpoint"),
        endpoint("jwks_uri"),
        authMethods.isEmpty() ? List.of("client_secret_basic") : authMethods,
        texts("token_endpoint_auth_signing_alg_values_supported"),
        texts("backchannel_authentication_request_signing_alg_values_supported"),
        texts("id_token_signing_alg_values_supported"),
        texts("backchannel_token_delivery_modes_supported"),
        document.path("backchannel_user_code_parameter_supported").asBoolean());
  }

  private URI endpoint(String member) {
    String text = text(document.path(member));
    if (text.isEmpty()) {
      throw new DiscoveryException(
          "The provider "
              + issuer
              + " names no "
              + member
              + ": switch CIBA on there, or set the issuer of a provider that has it");
    }
    return address(member, text);
  }

  /** RFC 8705 5: each may be missing. */
  private @Nullable URI mtlsAlias(String member) {
    String text = text(document.path(MTLS_ALIASES).path(member));
    return text.isEmpty() ? null : address(MTLS_ALIASES + "." + member, text);
  }

  private URI address(String member, String text) {
    try {
      URI uri = new URI(text);
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      // no weaker than the issuer, or the client's secret would travel in the clear
      boolean asIssuer = "http".equalsIgnoreCase(uri.getScheme()) && issuer.startsWith("http:");
      boolean callable = HttpUrl.parse(uri.toString()) != null; // port 99999 is fine for a URI
      if (uri.getHost() != null && callable && (secure || asIssuer)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below, with the value
    }
    throw new DiscoveryException(
        "The provider "
            + issuer
            + " names \""
            + OAuthBody.clean(text)
            + "\" as its "
            + member
            + ", which is no secure address: correct it there");
  }

  private List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    document.path(member).forEach(node -> texts.add(text(node)));
    return texts;
  }

  /** Empty: absent, null or no text. */
  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }
}
