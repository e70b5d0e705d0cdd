package dev.countersign.temporal;

import dev.countersign.vault.Vault;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP while approvals can move on here. Each detail is a sentence that says what is so, or what is
 * wrong and what helps. Asks nobody: all of it is known from what goes on anyway.
 */
final class TemporalHealthIndicator extends AbstractHealthIndicator {
  /** A pause of the JVM, or of a server that elects, is no reason to take no more requests. */
  static final Duration STORED_WITHIN = Duration.ofSeconds(15);

  private final DurableStore reachability;
  private final Supplier<@Nullable Duration> sinceStored;
  private final WorkersLifecycle workers;
  private final BooleanSupplier searchAttributes;
  private final Vault vault;

  /**
   * Looks at what others know.
   *
   * @param sinceStored how long ago Temporal has confirmed last that it stores what this process
   *     reports; null: never yet
   * @param searchAttributes whether they were found in the namespace
   */
  TemporalHealthIndicator(
      DurableStore reachability,
      Supplier<@Nullable Duration> sinceStored,
      WorkersLifecycle workers,
      BooleanSupplier searchAttributes,
      Vault vault) {
    super("Temporal's health could not be determined");
    this.reachability = reachability;
    this.sinceStored = sinceStored;
    this.workers = workers;
    this.searchAttributes = searchAttributes;
    this.vault = vault;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    tell(
        health,
        "temporal",
        reachability.isReachable(),
        "It answers.",
        "It has not answered within the last 10 s. Nothing is lost, and nothing moves on until it"
            + " does: start the server at TEMPORAL_ADDRESS, or mend the way to it.");
    tellOfStoring(health);
    tell(
        health,
        "workers",
        workers.arePolling(),
        "They poll.",
        "They don't poll: the application is starting or stopping. If it stays so, restart it.");
    tell(
        health,
        "searchAttributes",
        searchAttributes.getAsBoolean(),
        "The namespace has all of them.",
        "They were not found yet: the application is starting, and its log says what it waits for.");
    tell(
        health,
        "keys",
        vault.opensWhatItSeals(),
        "What they seal they open.",
        "They don't open what they have just sealed: look at COUNTERSIGN_KEYS and at the Java"
            + " runtime's cryptography, and restart.");
  }

  private void tellOfStoring(Health.Builder health) {
    Duration since = sinceStored.get();
    tell(
        health,
        "storing",
        since != null && since.compareTo(STORED_WITHIN) <= 0,
        "It stores what this process reports.",
        since == null
            ? "It has not confirmed yet that it stores what this process reports. If it stays so,"
                + " look at its history service and its database."
            : "It has not confirmed for "
                + since.toSeconds()
                + " s that it stores what this process reports, so nothing is polled for here: look"
                + " at its history service and its database, and at the namespace's rate limits.");
  }

  private static void tell(
      Health.Builder health, String what, boolean isSo, String so, String trouble) {
    if (isSo) {
      health.withDetail(what, so);
    } else {
      health.down().withDetail(what, trouble);
    }
  }
}
