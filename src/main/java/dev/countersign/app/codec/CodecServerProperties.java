package dev.countersign.app.codec;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may have payloads opened.
 *
 * @param audience what an operator's access token must have in {@code aud}, and none of a user's
 *     has; empty: there is no codec server
 * @param roleClaim claim that has the operator's roles: a list, or a text with spaces between them;
 *     dots lead into claims within claims, as {@code realm_access.roles}
 * @param role that an operator must have
 * @param webUi origin of Temporal's Web UI, as {@code https://temporal.example.com}, whose pages
 *     may ask; empty: no page may
 * @param encode whether payloads are sealed too, so that operators can send signals
 */
@ConfigurationProperties("countersign.codec-server")
public record CodecServerProperties(
    @DefaultValue("") String audience,
    @DefaultValue("roles") String roleClaim,
    @DefaultValue("countersign-operator") String role,
    @DefaultValue("") String webUi,
    @DefaultValue("false") boolean encode) {
  /** The setting that switches it on. */
  static final String AUDIENCE = "countersign.codec-server.audience";

  public CodecServerProperties {
    if (roleClaim.isBlank() || role.isBlank()) {
      throw new IllegalArgumentException(
          "countersign.codec-server.role-claim (COUNTERSIGN_CODECSERVER_ROLECLAIM) and"
              + " countersign.codec-server.role (COUNTERSIGN_CODECSERVER_ROLE) must not be empty.");
    }
    if (!webUi.isBlank() && !isOrigin(webUi)) {
      throw new IllegalArgumentException(
          "countersign.codec-server.web-ui (COUNTERSIGN_CODECSERVER_WEBUI) must be the origin of"
              + " Temporal's Web UI, as https://temporal.example.com, but is \""
              + webUi
              + "\".");
    }
  }

  /**
   * What is wrong beside other settings; empty: nothing.
   *
   * @param others audiences of tokens that users have
   */
  public Optional<String> fault(Set<String> others) {
    return !audience.isBlank() && others.contains(audience)
        ? Optional.of(
            AUDIENCE
                + " (COUNTERSIGN_CODECSERVER_AUDIENCE) must be another one than users' tokens have"
                + " (API_AUDIENCE, CLIENT_ID, AUDIENCE), but is \""
                + audience
                + "\".")
        : Optional.empty();
  }

  /** With nothing behind host and port, as browsers write it (RFC 6454 6.2). */
  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
