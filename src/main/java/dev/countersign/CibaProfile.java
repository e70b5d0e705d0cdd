package dev.countersign;

import dev.countersign.CibaProperties.ClientAuthenticationMethod;
import dev.countersign.ciba.ResourceParameter;
import dev.countersign.ciba.SigningAlgorithm;
import org.jspecify.annotations.Nullable;

/** Defaults that suit a kind of provider; every single setting overrides them. */
public enum CibaProfile {
  /** OpenID CIBA Core 1.0 as it is written. */
  GENERIC,
  /** Auth0. */
  AUTH0,
  /** Keycloak. */
  KEYCLOAK,
  /** The high-security profile FAPI-CIBA. */
  FAPI_CIBA;

  /**
   * What holds where nothing else is set.
   *
   * @param loginHint see {@link CibaProperties}
   * @param messageCharacters a regular expression's character class: what a binding message may
   *     have
   * @param messageReplacement stands for each run of other characters; null: they are left out
   * @param messageLength most characters of a binding message
   * @param startsPerMinute null: no limit
   * @param startsPerUserAndMinute null: no limit
   */
  record Defaults(
      ClientAuthenticationMethod clientAuthentication,
      String loginHint,
      ResourceParameter resourceParameter,
      SigningAlgorithm idTokenAlgorithm,
      boolean signedRequests,
      String messageTemplate,
      String messageCharacters,
      @Nullable String messageReplacement,
      int messageLength,
      @Nullable Integer startsPerMinute,
      @Nullable Integer startsPerUserAndMinute) {}

  private static final String MESSAGE = "Do you want to buy {qty} {product}";
  private static final String PRINTABLE_ASCII = "[ -~]";

  Defaults defaults() {
    return switch (this) {
      case GENERIC ->
          new Defaults(
              ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
              "{sub}",
              ResourceParameter.RESOURCE,
              SigningAlgorithm.RS256,
              false,
              MESSAGE,
              PRINTABLE_ASCII,
              null,
              64,
              null,
              null);
      case AUTH0 ->
          new Defaults(
              ClientAuthenticationMethod.CLIENT_SECRET_POST,
              "iss_sub",
              ResourceParameter.AUDIENCE,
              SigningAlgorithm.RS256,
              false,
              MESSAGE,
              "[A-Za-z0-9 +\\-_.,:#]",
              null,
              64,
              500, // for the whole tenant
              5);
      case KEYCLOAK ->
          new Defaults(
              ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
              "{preferred_username}",
              ResourceParameter.NONE,
              SigningAlgorithm.RS256,
              false,
              "Do_you_want_to_buy_{qty}_{product}",
              "[a-zA-Z0-9\\-._+/!?#]",
              "_",
              50,
              null,
              null);
      case FAPI_CIBA ->
          new Defaults(
              ClientAuthenticationMethod.PRIVATE_KEY_JWT,
              "{sub}",
              ResourceParameter.RESOURCE,
              SigningAlgorithm.PS256,
              true,
              MESSAGE,
              PRINTABLE_ASCII,
              null,
              64,
              null,
              null);
    };
  }
}
