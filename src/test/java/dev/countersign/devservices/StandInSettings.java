package dev.countersign.devservices;

import dev.countersign.devservices.loopback.PortVariable;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where stand-ins listen and what they keep.
 *
 * @param sealingKey for {@code countersign.keys}
 * @param userKey for {@code countersign.guard.user-key}
 */
record StandInSettings(
    LauncherSettings temporal, TenantSettings tenant, String sealingKey, String userKey) {
  /** The shortest that a tenant has: whoever tries something out waits for no poll. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Free ports, and nothing is kept. */
  static StandInSettings temporary() {
    return new StandInSettings(
        LauncherSettings.temporary(),
        TenantSettings.on(0, null).withInterval(INTERVAL),
        DevelopmentKeys.newSealing(),
        DevelopmentKeys.newUsers());
  }

  /**
   * The well-known ports, and a folder that a build cleans.
   *
   * @param project the folder that the application is started in
   * @param variables may move the ports; null: not set
   */
  static StandInSettings wellKnown(Path project, Function<String, @Nullable String> variables) {
    Path data = BuildFolder.of(project).resolve("countersign");
    DataFolder.requireWritable(data);
    return new StandInSettings(
        LauncherSettings.wellKnown(data.resolve("temporal").resolve("temporal.db"), variables),
        TenantSettings.on(
                new PortVariable(IdentityTenant.PORT_SETTING, 9000).in(variables),
                data.resolve("tenant"))
            .withInterval(INTERVAL),
        DevelopmentKeys.sealing(data),
        DevelopmentKeys.users(data));
  }

  /** The same with another audience for the tokens with which users come. */
  StandInSettings withApiAudience(String audience) {
    return new StandInSettings(temporal, tenant.withApiAudience(audience), sealingKey, userKey);
  }

  /** The same beside an application that is called so on the phone. */
  StandInSettings withClientName(String name) {
    return new StandInSettings(temporal, tenant.withClientName(name), sealingKey, userKey);
  }

  @Override
  public String toString() {
    return "StandInSettings[temporal=" + temporal + ", tenant=" + tenant + "]";
  }
}
