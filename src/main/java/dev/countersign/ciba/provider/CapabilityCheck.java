package dev.countersign.ciba.provider;

import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.key.SigningAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Holds what was chosen against what the provider says it can, before anything is sent. */
public final class CapabilityCheck {
  private final ProviderMetadata offered;
  private final ClientSettings chosen;

  private CapabilityCheck(ProviderMetadata offered, ClientSettings chosen) {
    this.offered = offered;
    this.chosen = chosen;
  }

  /**
   * What can't work, a sentence each, which names what the provider offers and what was chosen;
   * none: nothing speaks against it. What a provider doesn't say counts as offered, but not where
   * the specifications say what its silence means: by CIBA Core 4 one that names no delivery mode
   * has none, one that names no algorithm for signed requests takes none, and one that doesn't
   * mention user codes takes none.
   *
   * @param clientCertificate whether connections present one
   * @param userCodes whether requests may carry a user code
   */
  public static List<String> faults(
      ProviderMetadata metadata,
      ClientSettings settings,
      DeliveryMode deliveryMode,
      boolean clientCertificate,
      boolean userCodes) {
    CapabilityCheck check = new CapabilityCheck(metadata, settings);
    return Stream.of(
            check.authentication(clientCertificate),
            check.assertion(),
            check.requestSigning(),
            check.idToken(),
            check.delivery(deliveryMode),
            check.userCodes(userCodes))
        .flatMap(List::stream)
        .toList();
  }

  private List<String> authentication(boolean clientCertificate) {
    ClientAuthenticationMethod method = chosen.authentication().method();
    String name = method.wireName();
    List<String> faults = new ArrayList<>();
    if (!offered.authMethods().contains(name)) {
      faults.add(notOffered("client authentication", offered.authMethods(), name));
    }
    if (method.usesCertificate() && !clientCertificate) {
      faults.add(
          "The client authentication " + name + " was chosen, but no client certificate is set.");
    }
    return faults;
  }

  private List<String> assertion() {
    return chosen.authentication() instanceof ClientAuthentication.PrivateKeyJwt(_, var key)
        ? algorithm(
            "signature of the client's assertion", offered.authAlgorithms(), key.algorithm())
        : List.of();
  }

  private List<String> requestSigning() {
    RequestSigning signing = chosen.requestSigning();
    if (signing == null) {
      return List.of();
    }
    SigningAlgorithm algorithm = signing.key().algorithm();
    return offered.requestAlgorithms().isEmpty()
        ? List.of(
            "The provider "
                + offered.issuer()
                + " offers no signed authentication requests, but they were chosen ("
                + algorithm
                + ").")
        : algorithm("signature of authentication requests", offered.requestAlgorithms(), algorithm);
  }

  private List<String> idToken() {
    return algorithm(
        "signature of ID tokens", offered.idTokenAlgorithms(), chosen.idTokenAlgorithm());
  }

  private List<String> delivery(DeliveryMode deliveryMode) {
    if (deliveryMode == DeliveryMode.PUSH) {
      return List.of(
          "The delivery mode push was chosen, but isn't supported, since tokens would come in by"
              + " a callback: choose poll or ping.");
    }
    String mode = deliveryMode.name().toLowerCase(Locale.ROOT);
    return offered.deliveryModes().contains(mode)
        ? List.of()
        : List.of(notOffered("delivery mode", offered.deliveryModes(), mode));
  }

  private List<String> userCodes(boolean wanted) {
    return wanted && !offered.userCodes()
        ? List.of(
            "The provider " + offered.issuer() + " takes no user codes, but they were chosen.")
        : List.of();
  }

  private List<String> algorithm(String what, List<String> offers, SigningAlgorithm algorithm) {
    return offers.isEmpty() || offers.contains(algorithm.name())
        ? List.of()
        : List.of(notOffered(what, offers, algorithm.name()));
  }

  private String notOffered(String what, List<String> offers, String choice) {
    return "The provider "
        + offered.issuer()
        + " offers as "
        + what
        + " "
        + (offers.isEmpty() ? "nothing" : OAuthBody.clean(String.join(", ", offers)))
        + ", but "
        + choice
        + " was chosen.";
  }
}
