package dev.countersign.devservices;

import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplicationShutdownHandlers;

/**
 * What an application with guarded tools needs beside it, started: Temporal and an identity tenant
 * with a phone. A bean where {@link CountersignDevelopmentServices} are imported; a test that
 * starts its application itself, in a process that it can kill for example, has them by {@link
 * #start()}.
 */
public final class StandIns implements AutoCloseable {
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable TemporalLauncher temporal;
  private @Nullable IdentityTenant tenant;

  private StandIns() {}

  /**
   * Starts both on free ports, with nothing that is kept.
   *
   * @throws IllegalStateException if one can't be started; the message says what to do
   */
  public static StandIns start() {
    return start(_ -> null, StandInSettings.temporary());
  }

  /**
   * The same beside an application that wants tokens for itself.
   *
   * @param audience of the tokens with which its users come: what {@code
   *     spring.security.oauth2.resourceserver.jwt.audiences} says
   * @throws IllegalStateException if one can't be started; the message says what to do
   */
  public static StandIns start(String audience) {
    return start(_ -> null, StandInSettings.temporary().withApiAudience(audience));
  }

  /**
   * Starts what is missing.
   *
   * @param outside gives a property that wins over these; null: not set
   * @throws IllegalStateException if one can't be started; the message says what to do
   */
  static StandIns start(Function<String, @Nullable String> outside, StandInSettings places) {
    StandIns standIns = new StandIns();
    try {
      standIns.startTemporal(outside, places);
      standIns.startTenant(outside, places);
    } catch (RuntimeException e) {
      standIns.close();
      throw e;
    }
    standIns.settings.put("countersign.keys", places.sealingKey());
    standIns.settings.put("countersign.guard.user-key", places.userKey());
    return standIns;
  }

  private void startTemporal(Function<String, @Nullable String> outside, StandInSettings places) {
    if (outside.apply("countersign.temporal.address") == null
        && outside.apply("spring.temporal.connection.target") == null) {
      temporal = TemporalLauncher.start(places.temporal());
      settings.put("countersign.temporal.address", temporal.target());
    }
  }

  private void startTenant(Function<String, @Nullable String> outside, StandInSettings places) {
    if (outside.apply("countersign.oidc.issuer") == null) {
      tenant = IdentityTenant.start(places.tenant());
      settings.put("countersign.oidc.issuer", tenant.issuer());
      settings.putAll(TenantClient.settings(tenant));
    }
  }

  /** At the end of the JVM, they end after every application context has closed. */
  void closeAfterSpring(SpringApplicationShutdownHandlers handlers) {
    if (temporal != null) {
      temporal.closeAfterSpring(handlers);
    }
  }

  /** Property to value, by which an application finds them. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /**
   * The settings as arguments of an application's main method.
   *
   * @param more arguments that come behind them
   */
  public String[] arguments(String... more) {
    Stream<String> own =
        settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue());
    return Stream.concat(own, Stream.of(more)).toArray(String[]::new);
  }

  /**
   * The identity tenant, whose users' phones a test has in its hand.
   *
   * @throws IllegalStateException if another issuer is set from outside
   */
  public IdentityTenant tenant() {
    if (tenant == null) {
      throw new IllegalStateException(
          "countersign.oidc.issuer is set from outside: no tenant stands in for it");
    }
    return tenant;
  }

  /**
   * Temporal, which a test can kill and bring back.
   *
   * @throws IllegalStateException if another server is set from outside
   */
  public TemporalLauncher temporal() {
    if (temporal == null) {
      throw new IllegalStateException(
          "countersign.temporal.address is set from outside: no server stands in for it");
    }
    return temporal;
  }

  /** The few lines that a developer needs next. */
  String welcome() {
    StringBuilder lines = new StringBuilder("\nCountersign's development services are ready.\n\n");
    if (tenant != null) {
      String issuer = tenant.issuer();
      lines.append("Alice's phone:         %sphone?user=alice\n".formatted(issuer));
      lines.append(
          "A token of hers:       TOKEN=$(curl -s -X POST '%sdev/token?user=alice')\n"
              .formatted(issuer));
    }
    if (temporal != null) {
      temporal.uiUrl().ifPresent(ui -> lines.append("Watch it in Temporal:  %s\n".formatted(ui)));
    }
    return lines
        .append("\nThey end with the application; what is pending goes on at the next start.\n")
        .toString();
  }

  @Override
  public void close() {
    if (tenant != null) {
      tenant.close();
    }
    if (temporal != null) {
      temporal.close();
    }
  }
}
