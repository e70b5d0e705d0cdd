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
  private boolean mockedOrders;

  private DevelopmentServices() {}

  /**
   * Starts what is missing.
   *
   * @param data where the services keep what must survive a restart
   * @throws IllegalStateException if a service can't be started; the message says what to do
   */
  static DevelopmentServices start(Configured configured, Path data) {
    DataFolder.requireWritable(data);
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
    if (configured.value("COUNTERSIGN_RECEIPTS_KEY") == null) {
      services.settings.put("countersign.receipts.key", DevelopmentKeys.receipts(data));
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
    settings.put("AUDIENCE", audience(configured));
    client.putAll(TenantClient.settings(embedded));
    if (configured.value("COUNTERSIGN_OPERATORS_CLAIM") == null) {
      settings.put("countersign.operators.claim", IdentityTenant.ROLES_CLAIM);
      settings.put("countersign.operators.value", IdentityTenant.OPERATOR_ROLE);
    }
  }

  private void startShop(Configured configured, Path data) {
    if (configured.value("SHOP_API_URL") != null) {
      return;
    }
    if (tenant == null) {
      mockedOrders = true; // the demo shop trusts no other issuer
      return;
    }
    DemoShop embedded =
        DemoShop.start(
            new ShopSettings(
                new PortVariable(DemoShop.PORT_SETTING, 9001).in(configured::value),
                tenant.issuer(),
                audience(configured),
                data.resolve("shop")));
    started.push(embedded);
    shop = embedded;
    settings.put("SHOP_API_URL", embedded.url());
  }

  private static String audience(Configured configured) {
    return Objects.requireNonNullElse(configured.value("AUDIENCE"), "sample-shop-api");
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
        mockedOrders,
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
