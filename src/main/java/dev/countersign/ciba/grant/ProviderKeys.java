package dev.countersign.ciba.grant;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.Transport;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import okhttp3.Request;

/**
 * The keys with which a provider signs ID tokens. Fetched when first needed, never in the
 * background; kept for 5 minutes; fetched anew for an unknown key, at most twice in 30 s.
 */
final class ProviderKeys {
  private static final Duration KEPT_FOR = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT_FOR_ANOTHER_FETCH = Duration.ofSeconds(15);
  private static final Duration LEAST_TIME_BETWEEN_FETCHES = Duration.ofSeconds(30);

  private final JWKSource<SecurityContext> keys;

  ProviderKeys(URI jwksUri, Transport transport) {
    this.keys =
        JWKSourceBuilder.<SecurityContext>create(url(jwksUri), retriever(transport))
            .cache(KEPT_FOR.toMillis(), LONGEST_WAIT_FOR_ANOTHER_FETCH.toMillis())
            .refreshAheadCache(false)
            .rateLimited(LEAST_TIME_BETWEEN_FETCHES.toMillis())
            .build();
  }

  /**
   * Never offers a key for another algorithm, whatever the token's header says, nor one that is
   * published for another algorithm or for encryption.
   */
  JWSKeySelector<SecurityContext> selector(JWSAlgorithm algorithm) {
    return new JWSVerificationKeySelector<>(algorithm, keys);
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("jwksUri must be an http or https address: " + uri, e);
    }
  }

  private static ResourceRetriever retriever(Transport transport) {
    return url ->
        switch (transport.send(new Request.Builder().url(url).build())) {
          case NotSent(var reason) -> throw new IOException(reason);
          case Lost(var reason) -> throw new IOException(reason);
          case Answered(var status, _, var headers, var body) -> {
            if (status != 200 || body == null) {
              throw new IOException("status " + status);
            }
            yield new Resource(body, headers.get("Content-Type"));
          }
        };
  }
}
