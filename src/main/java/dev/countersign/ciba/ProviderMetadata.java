package dev.countersign.ciba;

import java.net.URI;
import java.util.List;

/**
 * What a provider says of itself (OpenID Connect Discovery 3, CIBA Core 4).
 *
 * @param issuer as the provider writes it, with or without a slash at its end
 * @param backchannelEndpoint where the user is asked
 * @param tokenEndpoint where the answer is fetched
 * @param jwksUri the keys that sign ID tokens
 * @param authMethods {@code token_endpoint_auth_methods_supported}; {@code client_secret_basic}
 *     alone if the provider names none
 * @param deliveryModes {@code backchannel_token_delivery_modes_supported}
 */
public record ProviderMetadata(
    String issuer,
    URI backchannelEndpoint,
    URI tokenEndpoint,
    URI jwksUri,
    List<String> authMethods,
    List<String> deliveryModes) {
  public ProviderMetadata {
    authMethods = List.copyOf(authMethods);
    deliveryModes = List.copyOf(deliveryModes);
  }
}
