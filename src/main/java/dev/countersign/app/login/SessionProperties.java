package dev.countersign.app.login;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sessions of the page.
 *
 * @param lifetime how long after signing in somebody has to sign in again, 5 minutes to 30 days
 * @param idleTimeout after how long without anything done they have to, 1 minute to 30 days
 */
@ConfigurationProperties("countersign.session")
public record SessionProperties(
    @DefaultValue("8h") Duration lifetime, @DefaultValue("1h") Duration idleTimeout) {
  private static final Duration LONGEST = Duration.ofDays(30);

  public SessionProperties {
    check("lifetime", "LIFETIME", lifetime, Duration.ofMinutes(5));
    check("idle-timeout", "IDLETIMEOUT", idleTimeout, Duration.ofMinutes(1));
  }

  private static void check(String name, String variable, Duration value, Duration shortest) {
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "countersign.session.%s (COUNTERSIGN_SESSION_%s) must be %dm to 30d, but is %ds."
              .formatted(name, variable, shortest.toMinutes(), value.toSeconds()));
    }
  }
}
