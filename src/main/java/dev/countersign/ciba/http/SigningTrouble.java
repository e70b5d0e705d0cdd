package dev.countersign.ciba.http;

import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.key.SigningAlgorithm;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider refuses requests for how they are signed. Many take only the algorithm that was
 * registered for the client beforehand (CIBA Core 4), Keycloak among them, and say it in words that
 * name neither the setting there nor the algorithm: so both are added, for the user and the log.
 */
final class SigningTrouble {
  private static final Logger log = LoggerFactory.getLogger(SigningTrouble.class);
  private static final Pattern OF_ALGORITHM =
      Pattern.compile("\\balg(orithm)?\\b", Pattern.CASE_INSENSITIVE);

  private final @Nullable SigningAlgorithm algorithm;
  private final String clientId;
  private final Seldom lines;

  /**
   * For one client.
   *
   * @param signing null: requests are not signed
   */
  SigningTrouble(@Nullable RequestSigning signing, String clientId, Clock clock) {
    this.algorithm = signing == null ? null : signing.key().algorithm();
    this.clientId = clientId;
    this.lines = new Seldom(clock);
  }

  /** The provider's words, with what is to be done where they are about the signature. */
  @Nullable String explain(String error, @Nullable String description) {
    if (algorithm == null
        || description == null
        || !error.startsWith("invalid_request")
        || !OF_ALGORITHM.matcher(description).find()) {
      return description;
    }
    String advice =
        "Requests are signed with "
            + algorithm
            + ": register that for the client "
            + clientId
            + " at the provider as backchannel_authentication_request_signing_alg, in Keycloak as its"
            + " attribute ciba.backchannel.auth.request.signing.alg";
    if (lines.isTime()) {
      log.error("The identity provider refuses signed requests ({}). {}", description, advice);
    }
    return description + ". " + advice;
  }
}
