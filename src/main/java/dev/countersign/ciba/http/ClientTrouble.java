package dev.countersign.ciba.http;

import dev.countersign.ciba.client.ClientAuthentication;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider refuses this application, whatever it asks for. That is the operator's to mend, so
 * the log says it loudly and names the settings; but not with every poll.
 */
final class ClientTrouble {
  private static final Logger log = LoggerFactory.getLogger(ClientTrouble.class);

  /** RFC 6749 5.2, CIBA Core 11: these speak of the client and of its grant types alone. */
  private static final Set<String> ERRORS =
      Set.of("invalid_client", "unauthorized_client", "unsupported_grant_type");

  private final ClientAuthentication authentication;
  private final Seldom lines;

  ClientTrouble(ClientAuthentication authentication, Clock clock) {
    this.authentication = authentication;
    this.lines = new Seldom(clock);
  }

  /** Whether an error code, with any status, is about the client. */
  static boolean isNamedBy(String error) {
    return ERRORS.contains(error);
  }

  /** Returns the provider's words. */
  String tell(int status, String error, @Nullable String description) {
    String words = status + " " + error + (description == null ? "" : ", " + description);
    if (lines.isTime()) {
      log.error(
          "The identity provider refuses this application, client {} ({}): nobody can be asked and no"
              + " decision fetched until it is accepted. Pending approvals are kept until they expire."
              + " Check that the provider allows it the CIBA grant, and {}",
          authentication.clientId(),
          words,
          settings());
    }
    return words;
  }

  private String settings() {
    return switch (authentication) {
      case ClientAuthentication.ClientSecretPost _, ClientAuthentication.ClientSecretBasic _ ->
          "CIBA_CLIENT_ID and CIBA_CLIENT_SECRET, or CLIENT_ID and CLIENT_SECRET where these are not"
              + " set";
      case ClientAuthentication.PrivateKeyJwt _ ->
          "CIBA_CLIENT_ID or CLIENT_ID, CIBA_CLIENT_KEY, whether the provider knows this key, and this"
              + " machine's clock";
      case ClientAuthentication.TlsClientAuth _, ClientAuthentication.SelfSignedTlsClientAuth _ ->
          "CIBA_CLIENT_ID or CLIENT_ID, CIBA_TLS_CERT, and whether the provider knows this certificate";
    };
  }
}
