package dev.countersign.faults;

import dev.countersign.devservices.loopback.Faults;
import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import dev.countersign.e2e.Link;
import dev.countersign.e2e.NotifyingTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The processes and stand-ins of one run. */
final class World implements AutoCloseable {
  /** How long an order is tried. */
  static final Duration ORDERING = Duration.ofSeconds(30);

  /** Least time between two polls. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final String USER_KEY = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  private static final String KEYS = "k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  final TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary());
  final IdentityTenant tenant =
      IdentityTenant.start(TenantSettings.on(0, null).withInterval(INTERVAL));
  final DemoShop shop = DemoShop.start(ShopSettings.of(tenant.issuer()));
  final LargeLanguageModel model;
  final @Nullable NotifyingTenant pings;
  final List<Link> links = new ArrayList<>();
  final List<Replica> apps = new ArrayList<>();
  private final Plan plan;

  World(Plan plan) {
    this(plan, UnaryOperator.identity());
  }

  /**
   * With other settings.
   *
   * @param change of the environment of each application
   */
  World(Plan plan, UnaryOperator<Map<String, String>> change) {
    this.plan = plan;
    model = LargeLanguageModel.start(plan.wishes());
    pings = plan.pings() == Plan.Pings.NONE ? null : NotifyingTenant.before(tenant);
    for (int app = 0; app < plan.apps().size(); app++) {
      Link link = Link.to(Integer.parseInt(temporal.target().split(":", 2)[1]));
      links.add(link);
      apps.add(
          new Replica(
              plan.apps().get(app),
              change.apply(environment(link)),
              tenant::apiToken,
              Path.of("target", "faults", "seed-" + plan.seed() + "-app" + app + ".log")
                  .toAbsolutePath()));
    }
    if (pings != null) {
      pings.notifies(apps.getFirst().base() + "/ciba/notification");
      pings.pingsEarly(plan.pings() == Plan.Pings.EARLY);
    }
  }

  /** Starts the applications, and returns when all of them answer. */
  void start() {
    apps.forEach(Replica::launch);
    apps.forEach(Replica::awaitReady);
  }

  Faults faults(Endpoint endpoint) {
    return switch (endpoint) {
      case ASK, TOKEN -> tenant.faults();
      case ORDERS -> shop.faults();
      case MODEL -> model.faults();
    };
  }

  /** Forgets what was still to go wrong. */
  void heal() {
    if (pings == null) {
      tenant.faults().clear();
    } else {
      pings.clearFaults();
    }
    shop.faults().clear();
    model.faults().clear();
  }

  private Map<String, String> environment(Link link) {
    Map<String, String> variables = new HashMap<>();
    variables.put("TEMPORAL_ADDRESS", link.address());
    variables.put("OIDC_ISSUER", tenant.issuer());
    variables.put("CIBA_PROFILE", "auth0");
    variables.put("CLIENT_ID", tenant.clientId());
    variables.put("CLIENT_SECRET", tenant.clientSecret());
    variables.put("SHOP_API_URL", shop.url());
    variables.put("COUNTERSIGN_KEYS", KEYS);
    variables.put("COUNTERSIGN_GUARD_USERKEY", USER_KEY);
    variables.put("COUNTERSIGN_GUARD_QUESTIONS_PERHOUR", "0"); // its users are asked all the time
    variables.put("COUNTERSIGN_GUARD_QUESTIONS_PERDAY", "0");
    variables.put("COUNTERSIGN_GUARD_QUESTIONS_DENIALS", "0");
    variables.put("OPENAI_BASE_URL", model.baseUrl());
    variables.put("OPENAI_API_KEY", "none");
    variables.put("COUNTERSIGN_CIBA_STARTSPERUSERANDMINUTE", "1000");
    variables.put("COUNTERSIGN_MESSAGE_CODE", "false"); // the judges know what a phone shows
    variables.put("COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", plan.expiry().toSeconds() + "s");
    variables.put("COUNTERSIGN_SHOP_CALLTIMEOUT", "4s");
    variables.put("COUNTERSIGN_SHOP_GIVEUPAFTER", ORDERING.toSeconds() + "s");
    if (pings != null) {
      variables.put("CIBA_DELIVERY_MODE", "ping");
      variables.put("COUNTERSIGN_CIBA_SAFETYINTERVAL", "5s");
    }
    return variables;
  }

  @Override
  public void close() {
    apps.forEach(Replica::close);
    links.forEach(Link::close);
    if (pings != null) {
      pings.close();
    }
    model.close();
    shop.close();
    tenant.close();
    temporal.close();
  }
}
