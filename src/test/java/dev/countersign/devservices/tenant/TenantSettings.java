package dev.countersign.devservices.tenant;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the tenant behaves.
 *
 * @param port 0 takes a free one
 * @param dataDirectory keeps the signing key and the requests; null: memory only
 * @param clientName the application's, as the phone and the login page call it
 * @param apiAudience audience of the tokens of {@code /dev/token}
 * @param expiry life of a request that asks for none, whole seconds
 * @param interval least time from an answer to the next poll, whole seconds, 1 or more; each {@code
 *     slow_down} adds as much again
 * @param clock the time by which requests expire and polls are too early
 */
public record TenantSettings(
    int port,
    @Nullable Path dataDirectory,
    String clientName,
    String apiAudience,
    Duration expiry,
    Duration interval,
    Clock clock) {

  public TenantSettings {
    if (interval.toSeconds() < 1) {
      throw new IllegalArgumentException("interval must be 1 s or more, but is " + interval);
    }
  }

  /** Auth0's figures: requests live 300 s, polls are 5 s apart; the API's audience is the app's. */
  public static TenantSettings on(int port, @Nullable Path dataDirectory) {
    return new TenantSettings(
        port,
        dataDirectory,
        "Countersign demo",
        "countersign",
        Duration.ofMinutes(5),
        Duration.ofSeconds(5),
        Clock.systemUTC());
  }

  /** The same with another interval. */
  public TenantSettings withInterval(Duration shorter) {
    return new TenantSettings(port, dataDirectory, clientName, apiAudience, expiry, shorter, clock);
  }

  /** The same with another clock. */
  public TenantSettings withClock(Clock other) {
    return new TenantSettings(
        port, dataDirectory, clientName, apiAudience, expiry, interval, other);
  }

  /** The same with another audience for the tokens of {@code /dev/token}. */
  public TenantSettings withApiAudience(String audience) {
    return new TenantSettings(port, dataDirectory, clientName, audience, expiry, interval, clock);
  }

  /** The same beside an application of another name. */
  public TenantSettings withClientName(String name) {
    return new TenantSettings(port, dataDirectory, name, apiAudience, expiry, interval, clock);
  }
}
