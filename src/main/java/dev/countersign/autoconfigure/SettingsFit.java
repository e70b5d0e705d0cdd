package dev.countersign.autoconfigure;

import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What settings demand of each other.
 *
 * @param clientSecret the one that the provider of approvals gets; blank: none
 */
record SettingsFit(
    CibaProperties ciba,
    ApprovalProperties approval,
    ClientKeyProperties clientKey,
    TlsProperties tls,
    String clientSecret) {

  /** A sentence for each demand that isn't met. */
  List<String> faults() {
    CibaSettings settings = ciba.settings();
    ClientAuthenticationMethod method = settings.clientAuthentication();
    List<String> faults = new ArrayList<>();
    if (method.usesSecret() && clientSecret.isBlank()) {
      faults.add(
          ciba.issuer() == null
              ? "countersign.oidc.client-secret (CLIENT_SECRET) is not set. Set it to the client"
                  + " secret of your application at the identity provider."
              : "countersign.ciba.client-secret (CIBA_CLIENT_SECRET) is not set. Set it to the client"
                  + " secret of your application at CIBA_ISSUER, to which CLIENT_SECRET is not sent.");
    }
    if (settings.needsKey() && clientKey.file() == null) {
      faults.add(
          "countersign.ciba.client-key.file (CIBA_CLIENT_KEY) is not set, but "
              + (settings.signedRequests()
                  ? "signed requests need"
                  : "the client authentication private_key_jwt needs")
              + " a private key. Set it to a PEM or JWK file.");
    }
    if (settings.signedRequests() && clientKey.algorithm() == SigningAlgorithm.RS256) {
      faults.add(
          "countersign.ciba.client-key.algorithm (COUNTERSIGN_CIBA_CLIENTKEY_ALGORITHM) must be"
              + " PS256 or ES256 while requests are signed, but is RS256.");
    }
    if (method.usesCertificate() && !tls.hasCertificate()) {
      faults.add(
          "countersign.ciba.tls.certificate (CIBA_TLS_CERT) is not set, but the client"
              + " authentication "
              + method.wireName()
              + " needs a certificate. Set it and CIBA_TLS_KEY to PEM files.");
    }
    String audience = approval.audience();
    if (settings.resourceParameter() == ResourceParameter.RESOURCE
        && audience != null
        && !isResource(audience)) {
      faults.add(
          "countersign.approval.audience (AUDIENCE) must be an absolute URL without a fragment"
              + " (RFC 8707), but is \""
              + audience
              + "\". Set it to the API's, or countersign.ciba.resource-parameter to audience or none,"
              + " or CIBA_PROFILE to the kind of your provider.");
    }
    return faults;
  }

  private static boolean isResource(String audience) {
    try {
      URI uri = URI.create(audience);
      return uri.isAbsolute() && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
