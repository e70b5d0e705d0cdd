package dev.countersign.ciba.provider;

import java.time.Duration;

/** Where tokens come from, and so who names the keys that {@link PublishedKeys} looks up. */
public enum TokenSource {
  /**
   * From the provider itself: a name that isn't there is a new key's, published some seconds after
   * its first use. Nothing is said of such a token, and the set is read again each 5 seconds.
   */
  PROVIDER(Duration.ofSeconds(5), Duration.ofSeconds(5), true),

  /**
   * Anybody may send one and make up names: read again once in 5 minutes for that name, and for all
   * names together twice at once and then once in a minute.
   */
  ANYBODY(Duration.ofMinutes(5), Duration.ofMinutes(1), false);

  private final Duration missingFor;
  private final Duration betweenLookUps;
  private final boolean namesRealKeys;

  TokenSource(Duration missingFor, Duration betweenLookUps, boolean namesRealKeys) {
    this.missingFor = missingFor;
    this.betweenLookUps = betweenLookUps;
    this.namesRealKeys = namesRealKeys;
  }

  /** How long a name that wasn't there is not looked up again. */
  Duration missingFor() {
    return missingFor;
  }

  /** After two at once. */
  Duration betweenLookUps() {
    return betweenLookUps;
  }

  /** Whether a name that isn't there belongs to a key that is still to come. */
  boolean namesRealKeys() {
    return namesRealKeys;
  }
}
