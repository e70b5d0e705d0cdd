package dev.countersign.devservices;

import dev.countersign.devservices.tenant.IdentityTenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An application as the embedded tenant's one client. */
final class TenantClient {
  private TenantClient() {}

  /** Instead of what is set for another provider; an empty value counts as not set. */
  static Map<String, String> settings(IdentityTenant tenant) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String unset :
        List.of(
            "issuer",
            "client-authentication",
            "resource-parameter",
            "signed-requests",
            "id-token-algorithm",
            "id-token-required",
            "starts-per-minute",
            "client-key.file",
            "tls.certificate",
            "tls.key",
            "tls.key-store",
            "tls.trust")) {
      settings.put("countersign.ciba." + unset, "");
    }
    settings.put("countersign.oidc.client-id", tenant.clientId());
    settings.put("countersign.oidc.client-secret", tenant.clientSecret());
    settings.put("countersign.ciba.profile", "auth0");
    settings.put("countersign.ciba.client-id", tenant.clientId());
    settings.put("countersign.ciba.client-secret", tenant.clientSecret());
    settings.put("countersign.ciba.login-hint", "iss_sub");
    settings.put("countersign.ciba.user-claim", "sub");
    settings.put("countersign.ciba.delivery-mode", "poll");
    settings.put("countersign.ciba.starts-per-user-and-minute", "1000"); // it has no such limit
    return settings;
  }
}
