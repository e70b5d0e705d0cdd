package dev.countersign.app.edge;

import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What strangers may cost this process.
 *
 * @param requestDeadline how long a client may take to send a request, from its first byte to the
 *     last of its body, 1 second to 10 minutes
 * @param requestsPerAddressAndMinute most requests of one address, 1 to 1,000,000
 * @param requestsPerUserAndMinute most requests of one user, 1 to 1,000,000
 * @param refusalsPerAddressAndMinute most requests of one address whose login is refused with 401;
 *     1 to 1,000,000. What comes after these is refused with 429
 */
@ConfigurationProperties("countersign.edge")
public record EdgeProperties(
    @DefaultValue("30s") Duration requestDeadline,
    @DefaultValue("3000") int requestsPerAddressAndMinute,
    @DefaultValue("600") int requestsPerUserAndMinute,
    @DefaultValue("120") int refusalsPerAddressAndMinute) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST = 1_000_000;

  public EdgeProperties {
    if (requestDeadline.compareTo(SHORTEST) < 0 || requestDeadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "countersign.edge.request-deadline (COUNTERSIGN_EDGE_REQUESTDEADLINE) must be 1s to 10m,"
              + " but is "
              + requestDeadline.toMillis()
              + "ms.");
    }
    check("requests-per-address-and-minute", requestsPerAddressAndMinute);
    check("requests-per-user-and-minute", requestsPerUserAndMinute);
    check("refusals-per-address-and-minute", refusalsPerAddressAndMinute);
  }

  private static void check(String name, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "countersign.edge.%s (COUNTERSIGN_EDGE_%s) must be 1 to %d, but is %d."
              .formatted(name, name.replace("-", "").toUpperCase(Locale.ROOT), MOST, value));
    }
  }
}
