package dev.countersign.temporal;

import dev.countersign.workflow.TaskQueues;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Temporal is, and how patiently it is waited for at start-up. Where {@code address} is not
 * set, the connection and the namespace are those of the host's own Temporal starter ({@code
 * spring.temporal.*}), if it has one.
 *
 * @param address host and port of the Temporal server (environment variable {@code
 *     TEMPORAL_ADDRESS})
 * @param namespace at that server (environment variable {@code TEMPORAL_NAMESPACE})
 * @param apiKey for Temporal Cloud (environment variable {@code TEMPORAL_API_KEY}); empty: none
 * @param tls how the connection is secured
 * @param taskQueuePrefix name of the task queue of workflows, with which the names of all other
 *     queues begin: no other application in the namespace may have it; empty: the value of {@code
 *     spring.application.name}, or else {@code countersign}
 * @param startupTimeout how long start-up waits for the server to answer
 */
@ConfigurationProperties("countersign.temporal")
public record TemporalSettings(
    @DefaultValue("") String address,
    @DefaultValue("default") String namespace,
    @DefaultValue("") String apiKey,
    @DefaultValue Tls tls,
    @DefaultValue("") String taskQueuePrefix,
    @DefaultValue("60s") Duration startupTimeout) {
  private static final String PREFIX =
      "countersign.temporal.task-queue-prefix (COUNTERSIGN_TEMPORAL_TASKQUEUEPREFIX), which is"
          + " spring.application.name where it is not set, ";

  /** What the prefix is where neither setting names one. */
  private static final String DEFAULT_PREFIX = "countersign";

  /**
   * How a connection is secured.
   *
   * @param enabled whether it is; unset: where there is an API key, a certificate or an authority
   * @param certificate of this client, PEM, with its chain (environment variable {@code
   *     TEMPORAL_TLS_CERT})
   * @param key PEM, PKCS #8, the certificate's private key (environment variable {@code
   *     TEMPORAL_TLS_KEY})
   * @param trust PEM: the certification authorities of the server; unset: those of the Java runtime
   *     (environment variable {@code TEMPORAL_TLS_TRUST})
   * @param serverName the server's name in its certificate, if it isn't the address (environment
   *     variable {@code TEMPORAL_TLS_SERVER_NAME}); empty: it is
   */
  public record Tls(
      @Nullable Boolean enabled,
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path trust,
      @DefaultValue("") String serverName) {
    /** Nothing is set. */
    public static final Tls UNSET = new Tls(null, null, null, null, "");

    public Tls {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException(
            "countersign.temporal.tls.certificate (TEMPORAL_TLS_CERT) and"
                + " countersign.temporal.tls.key (TEMPORAL_TLS_KEY) must be set together.");
      }
    }
  }

  public TemporalSettings {
    if (address.isBlank()) {
      throw new IllegalArgumentException(
          "countersign.temporal.address (TEMPORAL_ADDRESS) is not set. Set it to host and port"
              + " of a Temporal server, as localhost:7233; \"temporal server start-dev\" runs one.");
    }
    if (taskQueuePrefix.isBlank()) {
      taskQueuePrefix = DEFAULT_PREFIX;
    }
    try {
      var _ = new TaskQueues(taskQueuePrefix);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + e.getMessage() + ".");
    }
    if (!startupTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "countersign.temporal.startup-timeout (COUNTERSIGN_TEMPORAL_STARTUPTIMEOUT) must be more"
              + " than 0, but is "
              + startupTimeout.toMillis()
              + "ms.");
    }
  }

  /** The queues of this application. */
  TaskQueues taskQueues() {
    return new TaskQueues(taskQueuePrefix);
  }

  /** Whether the connection is secured. */
  public boolean isSecure() {
    return tls.enabled() == null
        ? !apiKey.isBlank() || tls.certificate() != null || tls.trust() != null
        : tls.enabled();
  }

  /** The host of the address, which may be a target of gRPC's, {@code dns:///host:port}. */
  public String host() {
    String authority = address.substring(address.lastIndexOf('/') + 1);
    int port = authority.lastIndexOf(':');
    return port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
  }

  @Override
  public String toString() {
    return "TemporalSettings[address=" + address + ", namespace=" + namespace + "]";
  }
}
