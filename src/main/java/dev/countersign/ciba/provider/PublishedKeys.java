package dev.countersign.ciba.provider;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The keys with which a provider signs tokens (RFC 7517). Fetched when first needed, never in the
 * background, by one thread for all; kept for 5 minutes. A key that can't be used is passed over,
 * with one line in the log for each set that has such keys. Thread-safe.
 *
 * <p>A token that names a key which isn't there (a {@code kid}) has the set fetched again, so that
 * a provider may change its keys at any time; but once in 5 minutes for that name, and for all
 * names together twice at once and then once in a minute: anybody may make up names. So a new key
 * is known at once, and within a minute while somebody floods us with names.
 */
public final class PublishedKeys implements JWKSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

  /** What the answer may be (RFC 7517 8.5.2); some providers give none to who doesn't say so. */
  public static final String ACCEPTED = "application/json, application/jwk-set+json";

  private static final Duration KEPT_FOR = Duration.ofMinutes(5);
  private static final Duration MISSING_FOR = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT_FOR_ANOTHER_FETCH = Duration.ofSeconds(15);

  /** While the provider gives no keys: twice at once, then so often. */
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOK_UPS = Duration.ofMinutes(1);

  private final String address;
  private final Fetch fetch;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private final FetchBudget fetches;
  private final FetchBudget lookUps;
  private final Map<Set<String>, Long> missingSince = new HashMap<>();
  private List<String> told = List.of();
  private volatile @Nullable Kept kept;

  /** Gets the set's text from the provider, with one request and a time limit. */
  @FunctionalInterface
  public interface Fetch {
    /**
     * The body of a 200.
     *
     * @throws IOException if it can't be had; says why
     */
    String text() throws IOException;
  }

  private record Kept(KeySetDocument.Keys document, long fetchedAt) {
    List<JWK> select(JWKSelector selector) {
      return selector.select(document.keys());
    }
  }

  /**
   * Nothing is fetched yet.
   *
   * @param address of the set, for the log
   */
  public PublishedKeys(String address, Fetch fetch) {
    this(address, fetch, System::nanoTime);
  }

  PublishedKeys(String address, Fetch fetch, LongSupplier nanoTime) {
    this.address = address;
    this.fetch = fetch;
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.fetches = new FetchBudget(BETWEEN_FETCHES, now);
    this.lookUps = new FetchBudget(BETWEEN_LOOK_UPS, now);
  }

  /**
   * The keys that fit; empty: there is none by that name.
   *
   * @throws RateLimitReachedException if none is known and nobody may be asked now
   * @throws KeySourceException if the provider gives no keys
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    Kept known = kept;
    if (known != null && !isOlderThan(KEPT_FOR, known.fetchedAt())) {
      List<JWK> found = known.select(selector);
      if (!found.isEmpty()) {
        return found;
      }
    }
    lock();
    try {
      return getAnew(selector);
    } finally {
      fetching.unlock();
    }
  }

  private void lock() throws KeySourceException {
    try {
      if (fetching.tryLock(LONGEST_WAIT_FOR_ANOTHER_FETCH.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new KeySourceException("they are being fetched and don't come");
  }

  /** What another thread has fetched meanwhile counts. */
  private List<JWK> getAnew(JWKSelector selector) throws KeySourceException {
    Set<String> names = names(selector);
    Kept known = kept;
    if (known == null || isOlderThan(KEPT_FOR, known.fetchedAt())) {
      if (!fetches.take(nanoTime.getAsLong())) {
        throw new RateLimitReachedException();
      }
      return remembered(names, fetched().select(selector));
    }
    List<JWK> found = known.select(selector);
    missingSince.values().removeIf(since -> isOlderThan(MISSING_FOR, since));
    if (!found.isEmpty() || missingSince.containsKey(names)) {
      return found;
    }
    if (!lookUps.take(nanoTime.getAsLong())) {
      throw new RateLimitReachedException();
    }
    return remembered(names, fetched().select(selector));
  }

  /** No name at all is one too. */
  private static Set<String> names(JWKSelector selector) {
    Set<String> names = selector.getMatcher().getKeyIDs();
    return names == null ? Set.of() : names;
  }

  private List<JWK> remembered(Set<String> names, List<JWK> found) {
    if (found.isEmpty()) {
      missingSince.put(names, nanoTime.getAsLong());
    }
    return found;
  }

  private Kept fetched() throws KeySourceException {
    KeySetDocument.Keys document;
    try {
      document = KeySetDocument.read(fetch.text());
    } catch (IOException e) {
      throw new KeySourceException(e.getMessage(), e);
    }
    tell(document);
    Kept now = new Kept(document, nanoTime.getAsLong());
    kept = now;
    return now;
  }

  private void tell(KeySetDocument.Keys document) {
    List<String> passedOver = document.passedOver();
    if (passedOver.equals(told)) {
      return;
    }
    told = passedOver;
    if (!passedOver.isEmpty()) {
      log.atLevel(document.faulty() ? Level.WARN : Level.INFO)
          .log(
              "Passed over {} of the provider's keys at {}, the others count: {}",
              passedOver.size(),
              address,
              OAuthBody.clean(String.join("; ", passedOver)));
    }
  }

  private boolean isOlderThan(Duration age, long since) {
    return nanoTime.getAsLong() - since >= age.toNanos();
  }
}
