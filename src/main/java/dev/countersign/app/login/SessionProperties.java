package dev.countersign.app.login;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sessions of the page.
 *
 * @param lifetime how long after signing in somebody has to sign in again, 5 minutes to 30 days
 */
@ConfigurationProperties("countersign.session")
public record SessionProperties(@DefaultValue("8h") Duration lifetime) {
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(30);

  public SessionProperties {
    if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "countersign.session.lifetime (COUNTERSIGN_SESSION_LIFETIME) must be 5m to 30d, but is "
              + lifetime.toSeconds()
              + "s.");
    }
  }
}
