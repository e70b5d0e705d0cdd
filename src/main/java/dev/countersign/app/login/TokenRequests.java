package dev.countersign.app.login;

import dev.countersign.app.login.LoginAuthentication.AsForApprovals;
import dev.countersign.ciba.client.ClientAssertion;
import dev.countersign.ciba.client.ClientAuthentication.PrivateKeyJwt;
import java.util.Map;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** Exchanges codes for tokens, and proves to the provider who this client is. */
final class TokenRequests {
  private TokenRequests() {}

  static OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> of(
      LoginClient client, String issuer, ClientHttpRequestFactory http) {
    var requests = new RestClientAuthorizationCodeTokenResponseClient();
    requests.setRestClient(
        RestClient.builder()
            .requestFactory(http)
            .configureMessageConverters(converters -> {
              converters.addCustomConverter(new FormHttpMessageConverter());
              converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    requests.addParametersConverter(_ -> MultiValueMap.fromSingleValue(proof(client, issuer)));
    return requests;
  }

  /** What Spring doesn't add by itself: an assertion, made anew for each request. */
  static Map<String, String> proof(LoginClient client, String issuer) {
    return client.authentication() instanceof AsForApprovals(PrivateKeyJwt(var id, var key))
        ? new ClientAssertion(id, key, issuer, client.clock().asClock()).fields()
        : Map.of();
  }
}
