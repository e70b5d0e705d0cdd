package dev.countersign.ciba.provider;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery 3, CIBA Core 4, RFC 8705 5).
 *
 * @param issuer as the provider writes it, with or without a slash at its end
 * @param backchannelEndpoint where the user is asked
 * @param tokenEndpoint where the answer is fetched
 * @param mtlsBackchannelEndpoint the same for a client with a certificate; null: no other address
 * @param mtlsTokenEndpoint the same for a client with a certificate; null: no other address
 * @param jwksUri the keys that sign ID tokens
 * @param authMethods {@code token_endpoint_auth_methods_supported}; {@code client_secret_basic}
 *     alone if the provider names none
 * @param authAlgorithms {@code token_endpoint_auth_signing_alg_values_supported}; empty: not said
 * @param requestAlgorithms {@code backchannel_authentication_request_signing_alg_values_supported};
 *     empty: signed requests are not taken (CIBA Core 4)
 * @param idTokenAlgorithms {@code id_token_signing_alg_values_supported}; empty: not said
 * @param deliveryModes {@code backchannel_token_delivery_modes_supported}
 * @param userCodes {@code backchannel_user_code_parameter_supported}
 */
public record ProviderMetadata(
    String issuer,
    URI backchannelEndpoint,
    URI tokenEndpoint,
    @Nullable URI mtlsBackchannelEndpoint,
    @Nullable URI mtlsTokenEndpoint,
    URI jwksUri,
    List<String> authMethods,
    List<String> authAlgorithms,
    List<String> requestAlgorithms,
    List<String> idTokenAlgorithms,
    List<String> deliveryModes,
    boolean userCodes) {
  public ProviderMetadata {
    authMethods = List.copyOf(authMethods);
    authAlgorithms = List.copyOf(authAlgorithms);
    requestAlgorithms = List.copyOf(requestAlgorithms);
    idTokenAlgorithms = List.copyOf(idTokenAlgorithms);
    deliveryModes = List.copyOf(deliveryModes);
  }

  /** As a client with a certificate must use it (RFC 8705 5). */
  public ProviderMetadata forClientCertificate() {
    return new ProviderMetadata(
        issuer,
        mtlsBackchannelEndpoint == null ? backchannelEndpoint : mtlsBackchannelEndpoint,
        mtlsTokenEndpoint == null ? tokenEndpoint : mtlsTokenEndpoint,
        mtlsBackchannelEndpoint,
        mtlsTokenEndpoint,
        jwksUri,
        authMethods,
        authAlgorithms,
        requestAlgorithms,
        idTokenAlgorithms,
        deliveryModes,
        userCodes);
  }
}
