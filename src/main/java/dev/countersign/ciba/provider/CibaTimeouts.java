package dev.countersign.ciba.provider;

import java.time.Duration;

/**
 * How long the provider may take.
 *
 * @param connect to make a connection
 * @param call for one request to the backchannel authentication endpoint, or for the provider's
 *     keys, in all
 * @param tokenRead longest silence of the token endpoint: more than the 30 s for which a provider
 *     may hold a poll (CIBA Core 10.1)
 * @param tokenCall for one request to the token endpoint in all
 */
public record CibaTimeouts(
    Duration connect, Duration call, Duration tokenRead, Duration tokenCall) {

  /** 5 s, 10 s, 35 s, 40 s. */
  public static CibaTimeouts defaults() {
    return new CibaTimeouts(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(35),
        Duration.ofSeconds(40));
  }
}
