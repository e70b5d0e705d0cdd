package dev.countersign.app.api;

import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.clock.RemoteClock;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Requests to the issuer that logs users in, whatever they are for: its certificate is checked as
 * the settings say, no redirect is followed, an answer may take 5 s and have 1 MiB, and tells the
 * issuer's time.
 */
public final class IssuerRequests {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  private IssuerRequests() {}

  /** The client for that issuer, which has the settings of the one that asks users if it is it. */
  public static HttpClient client(HttpClients http, OidcProperties oidc, CibaProperties ciba) {
    return ciba.isIssuer(oidc) ? http.login() : HttpClients.of(TlsProperties.NONE).login();
  }

  /**
   * Requests by a client.
   *
   * @param client which follows no redirects
   * @param clock the issuer's
   */
  public static ClientHttpRequestFactory by(HttpClient client, RemoteClock clock) {
    JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory(client);
    http.setReadTimeout(READ_TIMEOUT);
    return new InterceptingClientHttpRequestFactory(
        http, List.of(new DateHeaderInterceptor(clock), new BoundedBodyInterceptor()));
  }
}
