package dev.countersign.app.api;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.countersign.ciba.provider.FetchBudget;
import dev.countersign.ciba.provider.PublishedKeys;
import dev.countersign.ciba.provider.TokenSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The keys of the issuer that logs users in, for whatever JWT anybody may send here: access tokens
 * and logout tokens. Where they are is asked when the first one comes; who can't be asked is asked
 * again each 5 seconds only, however many come. Thread-safe.
 */
public final class IssuerKeys implements JWKSource<SecurityContext> {
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);

  private final IssuerMetadata metadata;
  private final RestTemplate http;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable PublishedKeys keys;
  private final FetchBudget failures;

  /**
   * Sends nothing yet.
   *
   * @param issuer exactly as its discovery document has it
   * @param http how it is reached
   */
  public IssuerKeys(String issuer, ClientHttpRequestFactory http) {
    this(issuer, http, System::nanoTime);
  }

  IssuerKeys(String issuer, ClientHttpRequestFactory http, LongSupplier nanoTime) {
    this.http = new RestTemplate(http);
    this.metadata = new IssuerMetadata(issuer, this.http);
    this.nanoTime = nanoTime;
    this.failures = new FetchBudget(BETWEEN_FAILURES, nanoTime.getAsLong());
  }

  /**
   * The keys that fit.
   *
   * @throws KeySourceException if nothing can be said, as of {@link PublishedKeys#get}
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    PublishedKeys known = keys;
    return (known == null ? found() : known).get(selector, context);
  }

  private PublishedKeys found() throws KeySourceException {
    asking.lock();
    try {
      PublishedKeys known = keys;
      if (known != null) {
        return known;
      }
      if (failures.isUsedUp(nanoTime.getAsLong())) {
        throw new KeySourceException(
            "the provider said nothing, and is asked again in some seconds");
      }
      URI address = metadata.jwksUri();
      PublishedKeys found = ProviderKeys.at(address, TokenSource.ANYBODY, http);
      keys = found;
      return found;
    } catch (IllegalArgumentException | IllegalStateException | RestClientException e) {
      failures.take(nanoTime.getAsLong());
      throw new KeySourceException(e.getMessage(), e);
    } finally {
      asking.unlock();
    }
  }
}
