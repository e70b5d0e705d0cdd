package dev.countersign.app.login;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Gives what is asked of the provider to the provider itself, where it takes that (RFC 9126): the
 * browser carries a reference, which nobody on its way can read or change. Where the provider
 * doesn't insist on it and turns this client away, the browser carries it all.
 */
final class PushedAuthorizationRequests implements OAuth2AuthorizationRequestResolver {
  private static final Logger log = LoggerFactory.getLogger(PushedAuthorizationRequests.class);
  private static final String BEGIN = "/oauth2/authorization";
  private static final ParameterizedTypeReference<Map<String, Object>> ANSWER =
      new ParameterizedTypeReference<>() {};

  private final DiscoveredClientRegistrationRepository provider;
  private final DefaultOAuth2AuthorizationRequestResolver requests;
  private final LoginClient client;
  private final String issuer;
  private final RestClient http;

  /**
   * Sends nothing yet.
   *
   * @param http how the provider is reached
   */
  PushedAuthorizationRequests(
      DiscoveredClientRegistrationRepository provider,
      LoginClient client,
      String issuer,
      ClientHttpRequestFactory http) {
    this.provider = provider;
    this.requests = new DefaultOAuth2AuthorizationRequestResolver(provider, BEGIN);
    this.client = client;
    this.issuer = issuer;
    this.http = RestClient.builder().requestFactory(http).build();
  }

  /**
   * The request of a login that begins; null: none does.
   *
   * @throws ProviderException if the provider doesn't take it, or doesn't answer
   */
  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    return pushed(requests.resolve(request));
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(
      HttpServletRequest request, String registrationId) {
    return pushed(requests.resolve(request, registrationId));
  }

  private @Nullable OAuth2AuthorizationRequest pushed(@Nullable OAuth2AuthorizationRequest login) {
    if (login == null) {
      return null;
    }
    Optional<URI> endpoint = provider.pushedRequestEndpoint();
    if (endpoint.isEmpty()) {
      return login;
    }
    try {
      return OAuth2AuthorizationRequest.from(login)
          .authorizationRequestUri(reference(login, requestUri(push(endpoint.get(), login))))
          .build();
    } catch (RestClientResponseException e) {
      if (e.getStatusCode().is5xxServerError()) {
        throw unavailable("status " + e.getStatusCode().value());
      }
      if (provider.insistsOnPushedRequests()) {
        throw ProviderException.wrong(
            "the provider doesn't take the request of a login: status "
                + e.getStatusCode().value()
                + " "
                + e.getResponseBodyAsString());
      }
      log.warn(
          "The provider offers to take requests of logins, but not this one (status {}): the browser"
              + " carries it",
          e.getStatusCode().value());
      return login;
    } catch (RestClientException e) {
      throw unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static ProviderException unavailable(String reason) {
    return ProviderException.unavailable(
        "the provider doesn't answer to the request of a login: " + reason);
  }

  private @Nullable Map<String, Object> push(URI endpoint, OAuth2AuthorizationRequest login) {
    ClientRegistration registration =
        Objects.requireNonNull(
            provider.findByRegistrationId(DiscoveredClientRegistrationRepository.REGISTRATION));
    MultiValueMap<String, String> form = parameters(login);
    TokenRequests.proof(client, issuer).forEach(form::set);
    ClientAuthenticationMethod method = registration.getClientAuthenticationMethod();
    if (method.equals(ClientAuthenticationMethod.CLIENT_SECRET_POST)) {
      form.set("client_secret", registration.getClientSecret());
    }
    return http.post()
        .uri(endpoint)
        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
        .accept(MediaType.APPLICATION_JSON)
        .headers(headers -> {
          if (method.equals(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)) {
            headers.setBasicAuth( // RFC 6749 2.3.1
                encoded(registration.getClientId()), encoded(registration.getClientSecret()));
          }
        })
        .body(form)
        .retrieve()
        .body(ANSWER);
  }

  private static String encoded(@Nullable String text) {
    return URLEncoder.encode(Objects.requireNonNullElse(text, ""), StandardCharsets.UTF_8);
  }

  /** Those that a browser would have carried. */
  private static MultiValueMap<String, String> parameters(OAuth2AuthorizationRequest login) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.set("response_type", login.getResponseType().getValue());
    form.set("client_id", login.getClientId());
    form.set("redirect_uri", login.getRedirectUri());
    form.set("scope", String.join(" ", login.getScopes()));
    form.set("state", login.getState());
    login.getAdditionalParameters().forEach((name, value) -> form.set(name, value.toString()));
    return form;
  }

  private static String requestUri(@Nullable Map<String, Object> answer) {
    if (answer != null
        && answer.get("request_uri") instanceof String reference
        && !reference.isBlank()) {
      return reference;
    }
    throw ProviderException.wrong(
        "the provider took the request of a login, but named no request_uri");
  }

  private static String reference(OAuth2AuthorizationRequest login, String requestUri) {
    return UriComponentsBuilder.fromUriString(login.getAuthorizationUri())
        .queryParam("client_id", "{client}")
        .queryParam("request_uri", "{reference}")
        .encode()
        .buildAndExpand(Map.of("client", login.getClientId(), "reference", requestUri))
        .toUriString();
  }
}
