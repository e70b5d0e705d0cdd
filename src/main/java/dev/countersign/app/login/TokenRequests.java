package dev.countersign.app.login;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** Exchanges codes for tokens, with the proof that the provider wants of this client. */
final class TokenRequests {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private TokenRequests() {}

  static OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> of(
      ClientProof proof, ClientHttpRequestFactory http) {
    var client = new RestClientAuthorizationCodeTokenResponseClient();
    client.setRestClient(
        RestClient.builder()
            .requestFactory(http)
            .configureMessageConverters(converters -> {
              converters.addCustomConverter(new FormHttpMessageConverter());
              converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    client.addParametersConverter(_ -> proofOf(proof));
    return client;
  }

  /** What Spring doesn't add by itself (RFC 7523 2.2). */
  private static MultiValueMap<String, String> proofOf(ClientProof proof) {
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    if (proof instanceof ClientProof.Assertion(var signed)) {
      parameters.add("client_assertion_type", ASSERTION_TYPE);
      parameters.add("client_assertion", signed.get());
    }
    return parameters;
  }
}
