package dev.countersign.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Holds start-up until Temporal answers, has the namespace and all search attributes. Comes before
 * the web server takes requests, and so before the workers, which start when the application is
 * ready.
 */
final class TemporalStartup implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(TemporalStartup.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration BETWEEN_LOGS = Duration.ofSeconds(10);

  /** A call may be repeated by its key after a weekend, or a few days of an outage. */
  private static final Duration LEAST_RETENTION = Duration.ofDays(7);

  private final TemporalServer server;
  private final SearchAttributeCheck searchAttributes;
  private final TemporalSettings settings;
  private final String namespace;
  private volatile boolean running;

  TemporalStartup(
      TemporalServer server,
      SearchAttributeCheck searchAttributes,
      TemporalSettings settings,
      String namespace) {
    this.server = server;
    this.searchAttributes = searchAttributes;
    this.settings = settings;
    this.namespace = namespace;
  }

  @Override
  public void start() {
    awaitNamespace().ifPresent(this::warnOfShortRetention);
    searchAttributes.run();
    log.info(
        "Temporal: {}, namespace {}, task queues {}...",
        settings.address(),
        namespace,
        settings.taskQueuePrefix());
    running = true;
  }

  /** How long it keeps histories; empty: it doesn't say. */
  private Optional<Duration> awaitNamespace() {
    long started = System.nanoTime();
    long nextLog = 0;
    while (true) {
      try {
        return server.describeNamespace();
      } catch (StatusRuntimeException e) {
        Status.Code code = e.getStatus().getCode();
        if (code == Status.Code.NOT_FOUND) {
          throw noNamespace();
        }
        if (code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED) {
          throw refused(e);
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - started);
        if (waited.compareTo(settings.startupTimeout()) >= 0) {
          throw unreachable(e);
        }
        if (waited.toNanos() >= nextLog) {
          log.warn(
              "Temporal at {} (TEMPORAL_ADDRESS) didn't answer yet, waiting up to {} s more: {}",
              settings.address(),
              settings.startupTimeout().minus(waited).toSeconds(),
              reason(e));
          nextLog = waited.plus(BETWEEN_LOGS).toNanos();
        }
        pause();
      }
    }
  }

  private void warnOfShortRetention(Duration retention) {
    if (retention.compareTo(LEAST_RETENTION) < 0) {
      log.warn(
          "The namespace {} (TEMPORAL_NAMESPACE) keeps histories for {} h only. For so long a key"
              + " names its call; after that, the same key makes a new call, which could be done a"
              + " second time. Keep histories for {} days or more: \"temporal operator namespace"
              + " update --namespace {} --retention 30d\"",
          namespace,
          retention.toHours(),
          LEAST_RETENTION.toDays(),
          namespace);
    }
  }

  private TemporalStartException unreachable(StatusRuntimeException e) {
    return new TemporalStartException(
        "The Temporal server at "
            + settings.address()
            + " (TEMPORAL_ADDRESS) didn't answer within "
            + settings.startupTimeout().toSeconds()
            + " s: "
            + reason(e)
            + ".",
        tlsFault(e).isPresent()
            ? "Check TEMPORAL_TLS_TRUST, which the server's certificate must be signed by,"
                + " TEMPORAL_TLS_SERVER_NAME, which it must name, and TEMPORAL_TLS_CERT and"
                + " TEMPORAL_TLS_KEY, which the server must trust; or whether it speaks TLS at all."
            : "Start the server, or set TEMPORAL_ADDRESS to host and port of one that runs.");
  }

  private static String reason(StatusRuntimeException e) {
    String code = e.getStatus().getCode().toString();
    return tlsFault(e).map(fault -> code + ", no TLS with it: " + fault).orElse(code);
  }

  /** What the TLS library says; empty: the failure is none of TLS's. */
  private static Optional<String> tlsFault(StatusRuntimeException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return Optional.ofNullable(cause.getMessage());
      }
    }
    return Optional.empty();
  }

  private TemporalStartException refused(StatusRuntimeException e) {
    return new TemporalStartException(
        "The Temporal server at "
            + settings.address()
            + " (TEMPORAL_ADDRESS) refuses this application in namespace "
            + namespace
            + ": "
            + e.getStatus().getCode()
            + ".",
        "Check TEMPORAL_API_KEY, or TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY, and"
            + " TEMPORAL_NAMESPACE.");
  }

  private TemporalStartException noNamespace() {
    return new TemporalStartException(
        "The Temporal server at "
            + settings.address()
            + " has no namespace "
            + namespace
            + " (TEMPORAL_NAMESPACE).",
        "Create it with \"temporal operator namespace create --namespace "
            + namespace
            + " --retention 30d\", or set TEMPORAL_NAMESPACE to one that is there.");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TemporalStartException("Start-up was interrupted.", "Start again.");
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  /** Whether the server, the namespace and the search attributes were found usable. */
  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.STARTUP;
  }
}
