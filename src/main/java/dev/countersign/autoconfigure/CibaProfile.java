package dev.countersign.autoconfigure;

import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.message.MessageRules;
import java.util.Locale;
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

  private static final String PRINTABLE_ASCII = "[ -~]";

  /**
   * What holds where nothing else is set.
   *
   * @param loginHint see {@link CibaProperties}
   * @param message what the provider allows the phone to show
   * @param startsPerMinute null: no limit
   * @param startsPerUserAndMinute null: no limit
   */
  public record Defaults(
      ClientAuthenticationMethod clientAuthentication,
      String loginHint,
      ResourceParameter resourceParameter,
      SigningAlgorithm idTokenAlgorithm,
      boolean signedRequests,
      MessageRules message,
      @Nullable Integer startsPerMinute,
      @Nullable Integer startsPerUserAndMinute) {}

  /** As it is written in the settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static MessageRules usual(String characters) {
    return new MessageRules(characters, 64, null);
  }

  /** What holds for this kind where nothing else is set. */
  public Defaults defaults() {
    return switch (this) {
      case GENERIC ->
          new Defaults(
              ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
              "{sub}",
              ResourceParameter.RESOURCE,
              SigningAlgorithm.RS256,
              false,
              usual(PRINTABLE_ASCII),
              null,
              null);
      case AUTH0 ->
          new Defaults(
              ClientAuthenticationMethod.CLIENT_SECRET_POST,
              "iss_sub",
              ResourceParameter.AUDIENCE,
              SigningAlgorithm.RS256,
              false,
              usual("[A-Za-z0-9 +\\-_.,:#]"),
              500, // for the whole tenant
              5);
      case KEYCLOAK ->
          new Defaults(
              ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
              "{preferred_username}",
              ResourceParameter.NONE,
              SigningAlgorithm.RS256,
              false,
              new MessageRules("[a-zA-Z0-9\\-._+/!?#]", 50, "_"),
              null,
              null);
      case FAPI_CIBA ->
          new Defaults(
              ClientAuthenticationMethod.PRIVATE_KEY_JWT,
              "{sub}",
              ResourceParameter.RESOURCE,
              SigningAlgorithm.PS256,
              true,
              usual(PRINTABLE_ASCII),
              null,
              null);
    };
  }
}
