package dev.countersign.ciba.provider;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The keys with which a provider signs tokens (RFC 7517). Fetched when first needed, never in the
 * background, by one thread for all; kept for 5 minutes, and for an hour where the provider gives
 * none anew: an outage of its keys is no reason to doubt those that it gave. A key that can't be
 * used is passed over, with one line in the log for each set that has such keys. Thread-safe.
 *
 * <p>A token that names a key which isn't there (a {@code kid}) has the set fetched again, so that
 * a provider may change its keys at any time; how often, is said by {@link TokenSource}. So a new
 * key is known at once, and within a minute while somebody floods us with names. A look-up that
 * fails doesn't count as one.
 */
public final class PublishedKeys implements JWKSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

  /** What the answer may be (RFC 7517 8.5.2); some providers give none to who doesn't say so. */
  public static final String ACCEPTED = "application/json, application/jwk-set+json";

  private static final Duration KEPT_FOR = Duration.ofMinutes(5);
  private static final Duration COUNTS_FOR = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT_FOR_ANOTHER_FETCH = Duration.ofSeconds(15);

  /** While the provider gives no keys: twice at once, then so often. */
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);

  private final String address;
  private final Fetch fetch;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private final TokenSource tokens;
  private final FetchBudget failures;
  private final FetchBudget lookUps;
  private final Map<Set<String>, Long> missingSince = new HashMap<>();
  private List<String> told = List.of();
  private volatile @Nullable Kept kept;
  private final AtomicInteger failureCount = new AtomicInteger();
  private @Nullable KeySourceException lastFailure;

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
   * @param tokens whose they are that name keys
   */
  public PublishedKeys(String address, TokenSource tokens, Fetch fetch) {
    this(address, tokens, fetch, System::nanoTime);
  }

  /**
   * The same by another clock.
   *
   * @param nanoTime as {@link System#nanoTime}: tells how long ago something was fetched
   */
  public PublishedKeys(String address, TokenSource tokens, Fetch fetch, LongSupplier nanoTime) {
    this.address = address;
    this.tokens = tokens;
    this.fetch = fetch;
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.failures = new FetchBudget(BETWEEN_FAILURES, now);
    this.lookUps = new FetchBudget(tokens.betweenLookUps(), now);
  }

  /**
   * The keys that fit; empty: there is none by that name.
   *
   * @throws RateLimitReachedException if there is none, and anybody's names may not be looked up
   *     now
   * @throws KeySourceException if nothing can be said: the provider gives no keys, or not yet the
   *     one that it names itself
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    Kept known = kept;
    List<JWK> found = known == null ? List.of() : known.select(selector);
    if (known != null && !found.isEmpty() && !isOlderThan(KEPT_FOR, known.fetchedAt())) {
      return found;
    }
    boolean counts =
        known != null && !found.isEmpty() && !isOlderThan(COUNTS_FOR, known.fetchedAt());
    if (counts && fetching.isLocked()) {
      return found; // whoever fetches finds out whether it still does
    }
    try {
      return fetchedFor(selector);
    } catch (KeySourceException e) {
      if (counts) {
        return found;
      }
      throw e;
    }
  }

  private List<JWK> fetchedFor(JWKSelector selector) throws KeySourceException {
    int failuresBefore = failureCount.get();
    lock();
    try {
      KeySourceException failure = lastFailure;
      if (failure != null && failureCount.get() != failuresBefore) {
        throw new KeySourceException(failure.getMessage(), failure); // of the fetch waited for
      }
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
      return remembered(names, selector, fetched());
    }
    List<JWK> found = known.select(selector);
    missingSince.values().removeIf(since -> isOlderThan(tokens.missingFor(), since));
    if (!found.isEmpty() || missingSince.containsKey(names)) {
      return said(names, found, known);
    }
    if (lookUps.isUsedUp(nanoTime.getAsLong())) {
      throw new RateLimitReachedException();
    }
    Kept anew = fetched();
    lookUps.take(nanoTime.getAsLong()); // one that failed has found out nothing
    return remembered(names, selector, anew);
  }

  /** No name at all is one too. */
  private static Set<String> names(JWKSelector selector) {
    Set<String> names = selector.getMatcher().getKeyIDs();
    return names == null ? Set.of() : names;
  }

  private List<JWK> remembered(Set<String> names, JWKSelector selector, Kept anew)
      throws KeySourceException {
    List<JWK> found = anew.select(selector);
    if (found.isEmpty()) {
      missingSince.put(names, nanoTime.getAsLong());
    }
    return said(names, found, anew);
  }

  /** A key that is there, but for something else, won't become another. */
  private List<JWK> said(Set<String> names, List<JWK> found, Kept known) throws KeySourceException {
    if (found.isEmpty()
        && tokens.namesRealKeys()
        && !names.isEmpty()
        && Collections.disjoint(names, known.document().names())) {
      throw new KeySourceException("the one that a token names is not published yet");
    }
    return found;
  }

  private Kept fetched() throws KeySourceException {
    if (failures.isUsedUp(nanoTime.getAsLong())) {
      throw new KeySourceException("the provider gave none, and is asked again in some seconds");
    }
    try {
      KeySetDocument.Keys document = KeySetDocument.read(fetch.text());
      tell(document);
      Kept now = new Kept(document, nanoTime.getAsLong());
      kept = now;
      return now;
    } catch (IOException e) {
      throw failed(new KeySourceException(e.getMessage(), e));
    } catch (KeySourceException e) {
      throw failed(e);
    }
  }

  private KeySourceException failed(KeySourceException e) {
    failures.take(nanoTime.getAsLong());
    lastFailure = e;
    failureCount.incrementAndGet();
    return e;
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
