package dev.countersign.app.login;

import dev.countersign.app.login.LoginAuthentication.AsForApprovals;
import dev.countersign.app.login.LoginAuthentication.AsOffered;
import dev.countersign.app.login.LoginAuthentication.None;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretBasic;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretPost;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.ciba.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.ciba.client.ClientAuthentication.TlsClientAuth;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * The provider that logs users in. Asked for its endpoints (OpenID Connect Discovery 4) when the
 * first login comes and not before: one that is down must not keep the application from starting.
 */
final class DiscoveredClientRegistrationRepository implements ClientRegistrationRepository {
  static final String REGISTRATION = "countersign";
  static final String REDIRECT_PATH = "/login/oauth2/code/" + REGISTRATION;

  private static final String PUSHED_REQUESTS = "pushed_authorization_request_endpoint";
  private static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(3);
  private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
      new ParameterizedTypeReference<>() {};

  private final String issuer;
  private final LoginClient client;
  private final RestClient http;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable ClientRegistration registration;
  private @Nullable Failure failure;

  /** What a question ended with, and until when nobody asks again. */
  private record Failure(ProviderException reason, Instant until) {}

  /** The provider of this issuer, which must be written as the provider does; sends nothing. */
  DiscoveredClientRegistrationRepository(
      String issuer, LoginClient client, ClientHttpRequestFactory http, Clock clock) {
    this.issuer = issuer;
    this.client = client;
    this.http = RestClient.builder().requestFactory(http).build();
    this.clock = clock;
  }

  /**
   * This application's registration.
   *
   * @throws ProviderException if the provider can't be asked for its endpoints
   */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
    return registrationId.equals(REGISTRATION) ? registration() : null;
  }

  /** Where the provider takes requests of logins itself (RFC 9126 5); empty: nowhere. */
  Optional<URI> pushedRequestEndpoint() {
    ProviderDocument offers = offers();
    if (!offers.members().containsKey(PUSHED_REQUESTS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(URI.create(offers.endpoint(PUSHED_REQUESTS, client.showsCertificate())));
    } catch (IllegalArgumentException e) {
      throw ProviderException.wrong(
          "the discovery document of " + issuer + " can't be used: " + e.getMessage());
    }
  }

  /** Whether it takes no others (RFC 9126 5). */
  boolean insistsOnPushedRequests() {
    return offers().says("require_pushed_authorization_requests");
  }

  /** Whether its answers to logins say whose they are (RFC 9207 3). */
  boolean namesItselfInAnswers() {
    return offers().says("authorization_response_iss_parameter_supported");
  }

  private ProviderDocument offers() {
    return new ProviderDocument(registration().getProviderDetails().getConfigurationMetadata());
  }

  /** Where a browser signs out at the provider (RP-Initiated Logout 1.0 2.1), if it can. */
  Optional<String> endSessionEndpoint() {
    return Optional.ofNullable(
            registration()
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("end_session_endpoint"))
        .map(Object::toString);
  }

  /**
   * One asks for all who wait, and a failure is remembered for a while: whoever isn't signed in may
   * click as often as they like, and a provider that is down gets no more questions for it.
   */
  private ClientRegistration registration() {
    ClientRegistration known = registration;
    if (known != null) {
      return known;
    }
    asking.lock();
    try {
      return registration == null ? ask() : registration;
    } finally {
      asking.unlock();
    }
  }

  private ClientRegistration ask() {
    if (failure != null && clock.instant().isBefore(failure.until())) {
      throw failure.reason().again();
    }
    try {
      ClientRegistration found = register(discover());
      registration = found;
      return found;
    } catch (ProviderException e) {
      failure = new Failure(e, clock.instant().plus(FAILURE_REMEMBERED));
      throw e;
    }
  }

  /** A slash at the end is taken off before the path is added (Discovery 4.1). */
  private Map<String, Object> discover() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Map<String, Object> document;
    try {
      document =
          http.get().uri(base + "/.well-known/openid-configuration").retrieve().body(DOCUMENT);
    } catch (RestClientResponseException e) {
      throw unanswered("status " + e.getStatusCode().value());
    } catch (RestClientException e) {
      throw unanswered(String.valueOf(e.getMessage()));
    }
    if (document == null || !issuer.equals(document.get("issuer"))) {
      throw ProviderException.wrong(
          "the provider calls itself "
              + (document == null ? null : document.get("issuer"))
              + ", but the issuer is set as "
              + issuer
              + " (OIDC_ISSUER, or AUTH0_DOMAIN): write it as the provider does");
    }
    return document;
  }

  private ProviderException unanswered(String reason) {
    return ProviderException.unavailable(
        "the provider " + issuer + " can't be asked for its endpoints: " + reason);
  }

  private ClientRegistration register(Map<String, Object> document) {
    ProviderDocument offers = new ProviderDocument(document);
    try {
      ClientRegistration.Builder builder =
          ClientRegistrations.fromOidcConfiguration(document)
              .registrationId(REGISTRATION)
              .clientId(client.authentication().clientId())
              .redirectUri("{baseUrl}" + REDIRECT_PATH)
              .scope(offers.scopes())
              .authorizationUri(offers.endpoint("authorization_endpoint", false))
              .jwkSetUri(offers.endpoint("jwks_uri", false))
              .tokenUri(offers.endpoint("token_endpoint", client.showsCertificate()));
      if (document.containsKey("userinfo_endpoint")) {
        builder.userInfoUri(offers.endpoint("userinfo_endpoint", client.showsCertificate()));
      }
      authenticate(builder, offers);
      return builder.build();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw ProviderException.wrong(
          "the discovery document of " + issuer + " can't be used: " + e.getMessage());
    }
  }

  private void authenticate(ClientRegistration.Builder builder, ProviderDocument offers) {
    switch (client.authentication()) {
      case AsForApprovals(var authentication) -> authenticate(builder, authentication);
      case AsOffered(var id, var secret) -> authenticate(builder, offers.bySecret(id, secret));
      case None _ -> builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    }
  }

  /** Spring sends the secret; {@link TokenRequests} adds what it doesn't know. */
  private static void authenticate(
      ClientRegistration.Builder builder, ClientAuthentication authentication) {
    builder.clientAuthenticationMethod(
        ClientAuthenticationMethod.valueOf(authentication.method().wireName()));
    switch (authentication) {
      case ClientSecretBasic(_, var secret) -> builder.clientSecret(secret.value());
      case ClientSecretPost(_, var secret) -> builder.clientSecret(secret.value());
      case PrivateKeyJwt _, TlsClientAuth _, SelfSignedTlsClientAuth _ -> {
        // there is no secret
      }
    }
  }
}
