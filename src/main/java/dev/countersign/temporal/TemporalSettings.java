package dev.countersign.temporal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Temporal is and how patiently it is waited for at start-up.
 *
 * @param address host and port of the Temporal server: the value of {@code
 *     spring.temporal.connection.target} (environment variable {@code TEMPORAL_ADDRESS})
 * @param startupTimeout how long start-up waits for the server to answer
 */
@ConfigurationProperties("countersign.temporal")
public record TemporalSettings(
    @DefaultValue("") String address, @DefaultValue("60s") Duration startupTimeout) {

  public TemporalSettings {
    if (address.isBlank()) {
      throw new IllegalArgumentException(
          "spring.temporal.connection.target (TEMPORAL_ADDRESS) is not set. Set it to host and port"
              + " of a Temporal server, as localhost:7233; \"temporal server start-dev\" runs one.");
    }
    if (!startupTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "countersign.temporal.startup-timeout (COUNTERSIGN_TEMPORAL_STARTUPTIMEOUT) must be more"
              + " than 0, but is "
              + startupTimeout.toMillis()
              + "ms.");
    }
  }
}
