package dev.countersign.autoconfigure;

import dev.countersign.settings.SecureUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider, and this application's registration there.
 *
 * @param issuer the issuer exactly as the provider writes it, with or without a slash at the end
 *     (environment variable {@code OIDC_ISSUER}, or {@code AUTH0_DOMAIN} for {@code
 *     https://<AUTH0_DOMAIN>/})
 * @param clientId the application's client id (environment variable {@code CLIENT_ID})
 * @param clientSecret the application's client secret (environment variable {@code CLIENT_SECRET});
 *     empty: the client proves itself otherwise
 */
@ConfigurationProperties("countersign.oidc")
public record OidcProperties(
    @Nullable URI issuer,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret) {
  private static final String ISSUER = "countersign.oidc.issuer (OIDC_ISSUER, or AUTH0_DOMAIN)";

  public OidcProperties {
    List<String> missing = new ArrayList<>();
    if (issuer == null || issuer.toString().isEmpty()) {
      missing.add(
          ISSUER
              + " is not set. Set AUTH0_DOMAIN to your tenant's domain (acme.eu.auth0.com), or"
              + " OIDC_ISSUER to the issuer URL of another provider.");
    } else {
      SecureUri.check(ISSUER, issuer);
    }
    if (clientId.isBlank()) {
      missing.add(
          "countersign.oidc.client-id (CLIENT_ID) is not set. Set it to the client id of your"
              + " application at the identity provider.");
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", missing));
    }
  }

  /** The issuer: this record is never without one. */
  @Override
  public URI issuer() {
    if (issuer == null) {
      throw new IllegalStateException("Checked by the constructor");
    }
    return issuer;
  }

  @Override
  public String toString() {
    return "OidcProperties[issuer=" + issuer + ", clientId=" + clientId + "]";
  }
}
