package dev.countersign.ciba.provider;

import dev.countersign.clock.RemoteClock;
import dev.countersign.http.AnswerDates;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.Transport;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Finds out from a provider where its endpoints are (OpenID Connect Discovery 4). */
public final class Discovery {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String issuer;
  private final HttpUrl address;
  private final Transport transport;

  /**
   * Nothing is fetched yet.
   *
   * @param http whose network settings are used
   * @param issuer exactly as the provider calls itself: Auth0's ends with a slash
   * @param clock the provider's: hears of its answers
   * @throws DiscoveryException if the issuer is no http or https address
   */
  public Discovery(OkHttpClient http, String issuer, RemoteClock clock) {
    this.issuer = issuer;
    // 4.1: a slash at the end is taken off before the path is added
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    HttpUrl url = HttpUrl.parse(base + "/.well-known/openid-configuration");
    if (url == null) {
      throw new DiscoveryException(
          "The issuer \"" + issuer + "\" is no address: write it as https://tenant.example.com/");
    }
    this.address = url;
    CibaTimeouts timeouts = CibaTimeouts.defaults();
    this.transport =
        Transport.connectingAnew(
            AnswerDates.observedBy(clock, http),
            timeouts.connect(),
            timeouts.call(),
            timeouts.call());
  }

  /**
   * Fetches the discovery document; each call fetches anew.
   *
   * @param patience how long a provider that can't be reached, or answers 408, 429 or 5xx, is asked
   *     again; a request under way is not cut short
   * @throws DiscoveryException if it can't be had, or the provider can't be used
   */
  public ProviderMetadata discover(Duration patience) {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      Attempt attempt = attempt();
      if (attempt instanceof Attempt.Found(var metadata)) {
        return metadata;
      }
      if (attempt instanceof Attempt.Unreachable(var reason)) {
        if (System.nanoTime() - start + pause.toNanos() > patience.toNanos()) {
          throw new DiscoveryException(
              "The provider "
                  + issuer
                  + " could not be reached within "
                  + patience.toSeconds()
                  + " s ("
                  + reason
                  + "): check the issuer, and that the provider is up");
        }
        await(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  private Attempt attempt() {
    return switch (transport.send(new Request.Builder().url(address).build())) {
      case NotSent(var reason) -> new Attempt.Unreachable(reason);
      case Lost(var reason) -> new Attempt.Unreachable(reason);
      case Answered answer -> read(answer);
    };
  }

  private Attempt read(Answered answer) {
    int status = answer.status();
    if (status >= 500 || status == 408 || status == 429) {
      return new Attempt.Unreachable("status " + status);
    }
    OAuthBody body = OAuthBody.of(answer);
    if (status != 200 || !body.isObject()) {
      throw new DiscoveryException(
          "There is no OpenID provider at "
              + issuer
              + ": "
              + address
              + " answers with status "
              + status
              + (status == 200 ? " and no JSON object" : "")
              + "; correct the issuer");
    }
    return new Attempt.Found(new MetadataDocument(issuer, body.tree()).read());
  }

  private void await(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DiscoveryException("Waiting for the provider " + issuer + " was interrupted");
    }
  }

  private sealed interface Attempt {
    record Found(ProviderMetadata metadata) implements Attempt {}

    record Unreachable(String reason) implements Attempt {}
  }
}
