package dev.countersign.autoconfigure;

import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.settings.SecureUri;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How approvals are asked for at the identity provider (OpenID CIBA Core 1.0). What is null follows
 * the profile.
 *
 * @param profile the kind of provider (environment variable {@code CIBA_PROFILE})
 * @param issuer the provider that asks users, if it isn't the one that logs them in (environment
 *     variable {@code CIBA_ISSUER})
 * @param clientId the application's client id there, if it is another one (environment variable
 *     {@code CIBA_CLIENT_ID})
 * @param clientSecret the application's client secret there, if it is another one, and always if
 *     the issuer is: that of the login is not sent to it (environment variable {@code
 *     CIBA_CLIENT_SECRET})
 * @param clientAuthentication how the client proves itself (OpenID Connect Core 9; environment
 *     variable {@code CIBA_CLIENT_AUTHENTICATION})
 * @param loginHint how the user is named in the request: {@code iss_sub}, or a template over the
 *     login's claims such as {@code {email}} (environment variable {@code CIBA_LOGIN_HINT})
 * @param userClaim the claim that must be the same in the login and in the ID token of the approval
 *     (environment variable {@code CIBA_USER_CLAIM}); unset: {@code sub}
 * @param userCodes whether users give a user code (CIBA Core 7.1.2)
 * @param callerHints whether a call may name who is asked, by a token of its own (CIBA Core 7.1)
 * @param resourceParameter how the API is named that a token is for
 * @param deliveryMode {@code poll} or {@code ping} (environment variable {@code
 *     CIBA_DELIVERY_MODE})
 * @param safetyInterval in ping mode, after how long the provider is asked without a ping for the
 *     first time, and the least between two times; at least 1 s
 * @param requestsPerSecond most requests for approval and polls that all processes of the
 *     application together send to the provider in a second, its budget; polls wait for their turn
 * @param startsPerMinute most requests for approval of all processes in a minute; more wait
 * @param startsPerUserAndMinute most requests for approval for one user in a minute; more wait
 * @param signedRequests whether requests for approval are signed (CIBA Core 7.1.1)
 * @param requestLifetime how long a signed request is valid, at most 60 minutes
 * @param idTokenAlgorithm the one signature that ID tokens may have
 * @param idTokenRequired whether an approval without an ID token is refused; unset: when the scopes
 *     have {@code openid}
 */
@ConfigurationProperties("countersign.ciba")
public record CibaProperties(
    @DefaultValue("generic") CibaProfile profile,
    @Nullable URI issuer,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable ClientAuthenticationMethod clientAuthentication,
    @Nullable String loginHint,
    @Nullable String userClaim,
    @DefaultValue("false") boolean userCodes,
    @DefaultValue("false") boolean callerHints,
    @Nullable ResourceParameter resourceParameter,
    @DefaultValue("poll") DeliveryMode deliveryMode,
    @DefaultValue("60s") Duration safetyInterval,
    @DefaultValue("50") int requestsPerSecond,
    @Nullable Integer startsPerMinute,
    @Nullable Integer startsPerUserAndMinute,
    @Nullable Boolean signedRequests,
    @DefaultValue("5m") Duration requestLifetime,
    @Nullable SigningAlgorithm idTokenAlgorithm,
    @Nullable Boolean idTokenRequired) {
  private static final Duration LONGEST_LIFETIME = Duration.ofMinutes(60);

  public CibaProperties {
    if (issuer != null) {
      SecureUri.check("countersign.ciba.issuer (CIBA_ISSUER)", issuer);
    }
    if (issuer != null && userClaim == null) {
      throw new IllegalArgumentException(
          "countersign.ciba.user-claim (CIBA_USER_CLAIM) must be set when CIBA_ISSUER is: name the"
              + " claim by which both issuers know a user, email for example, or sub if both give a"
              + " user the same.");
    }
    if (deliveryMode == DeliveryMode.PUSH) {
      throw new IllegalArgumentException(
          "countersign.ciba.delivery-mode (CIBA_DELIVERY_MODE) must be poll or ping, but is push:"
              + " with push the provider would send tokens to a public address of this application,"
              + " instead of handing them out to a client that has proved itself.");
    }
    atLeastOne("requests-per-second", "REQUESTSPERSECOND", requestsPerSecond);
    atLeastOne("starts-per-minute", "STARTSPERMINUTE", startsPerMinute);
    atLeastOne("starts-per-user-and-minute", "STARTSPERUSERANDMINUTE", startsPerUserAndMinute);
    if (safetyInterval.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "countersign.ciba.safety-interval (COUNTERSIGN_CIBA_SAFETYINTERVAL) must be at least 1s,"
              + " but is "
              + safetyInterval.toMillis()
              + "ms.");
    }
    if (requestLifetime.toSeconds() < 1 || requestLifetime.compareTo(LONGEST_LIFETIME) > 0) {
      throw new IllegalArgumentException(
          "countersign.ciba.request-lifetime (COUNTERSIGN_CIBA_REQUESTLIFETIME) must be 1s to 60m,"
              + " but is "
              + requestLifetime.toMillis()
              + "ms.");
    }
  }

  private static void atLeastOne(String property, String variable, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(
          "countersign.ciba.%s (COUNTERSIGN_CIBA_%s) must be at least 1, but is %d."
              .formatted(property, variable, value));
    }
  }

  /** With what the profile says where nothing was set. */
  public CibaSettings settings() {
    CibaProfile.Defaults defaults = profile.defaults();
    return new CibaSettings(
        Objects.requireNonNullElse(clientAuthentication, defaults.clientAuthentication()),
        Objects.requireNonNullElse(loginHint, defaults.loginHint()),
        Objects.requireNonNullElse(userClaim, "sub"),
        Objects.requireNonNullElse(resourceParameter, defaults.resourceParameter()),
        Objects.requireNonNullElse(signedRequests, defaults.signedRequests()),
        Objects.requireNonNullElse(idTokenAlgorithm, defaults.idTokenAlgorithm()),
        startsPerMinute == null ? defaults.startsPerMinute() : startsPerMinute,
        startsPerUserAndMinute == null
            ? defaults.startsPerUserAndMinute()
            : startsPerUserAndMinute);
  }

  /**
   * Whether the API that a token is for has to be named by its address (RFC 8707), by these
   * settings; true if what they say of it can't be.
   */
  public static boolean namesApisByAddress(Binder settings) {
    try {
      return settings
              .bind("countersign.ciba.resource-parameter", ResourceParameter.class)
              .orElseGet(() ->
                  settings
                      .bind("countersign.ciba.profile", CibaProfile.class)
                      .orElse(CibaProfile.GENERIC)
                      .defaults()
                      .resourceParameter())
          == ResourceParameter.RESOURCE;
    } catch (BindException _) {
      return true; // told with all other settings
    }
  }

  /** Whether the issuer that logs users in also asks them for approvals. */
  public boolean isIssuer(OidcProperties oidc) {
    return issuer == null || issuer.equals(oidc.issuer());
  }

  /** Whether even the client is the same there. */
  public boolean isClient(OidcProperties oidc) {
    return isIssuer(oidc) && (clientId == null || clientId.equals(oidc.clientId()));
  }

  /**
   * How this application proves itself to the provider that asks users.
   *
   * @throws InvalidSettingException if that is by a key, which can't be read
   */
  public ClientAuthentication authentication(OidcProperties oidc, ClientKeyProperties key) {
    String id = Objects.requireNonNullElse(clientId, oidc.clientId());
    ClientSecret secret = new ClientSecret(clientSecretOr(oidc.clientSecret()));
    CibaSettings settings = settings();
    return switch (settings.clientAuthentication()) {
      case CLIENT_SECRET_POST -> new ClientAuthentication.ClientSecretPost(id, secret);
      case CLIENT_SECRET_BASIC -> new ClientAuthentication.ClientSecretBasic(id, secret);
      case PRIVATE_KEY_JWT -> new ClientAuthentication.PrivateKeyJwt(id, key.key(settings));
      case TLS_CLIENT_AUTH -> new ClientAuthentication.TlsClientAuth(id);
      case SELF_SIGNED_TLS_CLIENT_AUTH -> new ClientAuthentication.SelfSignedTlsClientAuth(id);
    };
  }

  /**
   * The client secret for the provider that asks users.
   *
   * @param ofLogin the one for the issuer that logs them in, which no other issuer gets to see
   */
  public String clientSecretOr(String ofLogin) {
    return Objects.requireNonNullElse(clientSecret, issuer == null ? ofLogin : "");
  }

  @Override
  public String toString() {
    return "CibaProperties[profile=" + profile + ", issuer=" + issuer + "]";
  }
}
