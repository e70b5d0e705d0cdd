package dev.countersign.devservices;

import dev.countersign.devservices.loopback.PortVariable;
import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/** The embedded services: each one stands in for what is not configured, and only for that. */
final class DevelopmentServices implements AutoCloseable {
  private final Map<String, Object> settings = new HashMap<>();
  private final Map<String, Object> client = new HashMap<>();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private @Nullable IdentityTenant tenant;
  private @Nullable DemoShop shop;
  private @Nullable String webUi;
  private boolean offlineModel;

  private DevelopmentServices() {}

  /**
   * Starts what is missing.
   *
   * @param data where the services keep what must survive a restart
   * @throws IllegalStateException if a service can't be started; the message says what to do
   */
  static DevelopmentServices start(Configured configured, Path data) {
    DevelopmentServices services = new DevelopmentServices();
    services.settings.put("server.address", "127.0.0.1");
    services.settings.put("countersign.api.documentation", true);
    services.settings.put("countersign.message.code", true);
    try {
      services.startTemporal(configured, data);
      services.startTenant(configured, data);
      services.startShop(configured, data);
      services.offlineModel = isWithoutModel(configured);
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
    if (configured.value("COUNTERSIGN_KEYS") == null) {
      services.settings.put("COUNTERSIGN_KEYS", DevelopmentKeys.sealing(data));
    }
    if (configured.value("COUNTERSIGN_GUARD_USERKEY") == null) {
      services.settings.put("COUNTERSIGN_GUARD_USERKEY", DevelopmentKeys.users(data));
    }
    return services;
  }

  private void startTemporal(Configured configured, Path data) {
    if (configured.value("TEMPORAL_ADDRESS") != null) {
      return;
    }
    TemporalLauncher temporal =
        TemporalLauncher.start(
            LauncherSettings.wellKnown(
                data.resolve("temporal").resolve("temporal.db"), configured::value));
    temporal.closeAfterSpring(SpringApplication.getShutdownHandlers());
    settings.put("TEMPORAL_ADDRESS", temporal.target());
    webUi = temporal.uiUrl().orElse(null);
  }

  private void startTenant(Configured configured, Path data) {
    if (configured.value("OIDC_ISSUER") != null || configured.value("AUTH0_DOMAIN") != null) {
      return;
    }
    IdentityTenant embedded =
        IdentityTenant.start(
            TenantSettings.on(
                    new PortVariable(IdentityTenant.PORT_SETTING, 9000).in(configured::value),
                    data.resolve("tenant"))
                .withApiAudience(
                    Objects.requireNonNullElse(configured.value("API_AUDIENCE"), "countersign")));
    started.push(embedded);
    tenant = embedded;
    settings.put("OIDC_ISSUER", embedded.issuer());
    client.put("countersign.oidc.client-id", embedded.clientId());
    client.put("countersign.oidc.client-secret", embedded.clientSecret());
    client.putAll(askingAt(embedded));
  }

  /** Instead of what {@code CIBA_*} say of another provider; an empty value counts as not set. */
  private static Map<String, Object> askingAt(IdentityTenant tenant) {
    Map<String, Object> ciba = new HashMap<>();
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
      ciba.put("countersign.ciba." + unset, "");
    }
    ciba.put("countersign.ciba.profile", "auth0");
    ciba.put("countersign.ciba.client-id", tenant.clientId());
    ciba.put("countersign.ciba.client-secret", tenant.clientSecret());
    ciba.put("countersign.ciba.login-hint", "iss_sub");
    ciba.put("countersign.ciba.user-claim", "sub");
    ciba.put("countersign.ciba.delivery-mode", "poll");
    ciba.put("countersign.ciba.starts-per-user-and-minute", 1_000); // the tenant has no such limit
    return ciba;
  }

  private void startShop(Configured configured, Path data) {
    if (configured.value("SHOP_API_URL") != null || tenant == null) {
      return; // without the tenant, orders are mocked: the demo shop trusts no other issuer
    }
    DemoShop embedded =
        DemoShop.start(
            new ShopSettings(
                new PortVariable(DemoShop.PORT_SETTING, 9001).in(configured::value),
                tenant.issuer(),
                Objects.requireNonNullElse(configured.value("AUDIENCE"), "sample-shop-api"),
                data.resolve("shop")));
    started.push(embedded);
    shop = embedded;
    settings.put("SHOP_API_URL", embedded.url());
  }

  /** Names and values of environment variables, as if they had been set. */
  Map<String, Object> settings() {
    return Map.copyOf(settings);
  }

  /**
   * Properties that win over all others: the embedded tenant knows one client only, and {@code
   * CLIENT_ID} and {@code CIBA_*} may be there for another issuer. Empty without the embedded
   * tenant.
   */
  Map<String, Object> client() {
    return Map.copyOf(client);
  }

  /** A key, or the address of a server that may need none, names a real model. */
  private static boolean isWithoutModel(Configured configured) {
    return configured.value("OPENAI_API_KEY") == null
        && configured.value("OPENAI_BASE_URL") == null;
  }

  /** What runs here. */
  Embedded embedded() {
    return new Embedded(
        offlineModel,
        tenant == null ? null : tenant.issuer(),
        shop == null ? null : shop.url(),
        webUi == null ? null : webUi + "/namespaces/default/workflows");
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("A development service did not end: " + e.getMessage());
      }
    }
  }
}
