package dev.countersign.ciba.http;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.grant.GrantVerifier;
import dev.countersign.ciba.provider.CibaTimeouts;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.clock.RemoteClock;
import dev.countersign.http.AnswerDates;
import dev.countersign.http.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A CIBA provider over HTTP. Thread-safe; no request is made before the first call. */
public final class HttpBackchannelClient implements BackchannelClient {
  private final ProviderRequests requests;
  private final Transport backchannel;
  private final Transport tokenEndpoint;
  private final AuthenticationAnswerReader authenticationAnswers;
  private final TokenAnswerReader tokenAnswers;
  private final GrantVerifier grants;

  /** With {@link CibaTimeouts#defaults()}. */
  public HttpBackchannelClient(
      OkHttpClient http, ProviderMetadata metadata, ClientSettings settings, RemoteClock clock) {
    this(http, metadata, settings, clock, CibaTimeouts.defaults(), System::nanoTime);
  }

  /**
   * A client for one provider.
   *
   * @param http whose network settings are used, its client certificate and its trust included
   * @param clock the provider's: hears of its answers, dates what is signed, and tells whether an
   *     ID token has expired
   * @param nanoTime as {@link System#nanoTime}: tells how long ago the provider's keys were fetched
   */
  HttpBackchannelClient(
      OkHttpClient http,
      ProviderMetadata metadata,
      ClientSettings settings,
      RemoteClock clock,
      CibaTimeouts timeouts,
      LongSupplier nanoTime) {
    Clock time = clock.asClock();
    OkHttpClient observed = AnswerDates.observedBy(clock, http);
    this.requests = new ProviderRequests(metadata, settings, time);
    Duration connect = timeouts.connect();
    this.backchannel =
        Transport.connectingAnew(observed, connect, timeouts.call(), timeouts.call());
    this.tokenEndpoint =
        Transport.reusing(observed, connect, timeouts.tokenRead(), timeouts.tokenCall());
    ClientTrouble trouble = new ClientTrouble(settings.authentication(), time);
    this.authenticationAnswers =
        new AuthenticationAnswerReader(
            trouble,
            new SigningTrouble(
                settings.requestSigning(), settings.authentication().clientId(), time),
            time);
    this.tokenAnswers = new TokenAnswerReader(trouble, time);
    this.grants = new GrantVerifier(metadata, settings, backchannel, clock, nanoTime);
  }

  @Override
  public AuthenticationAnswer authenticate(AuthenticationRequest request) {
    ProviderRequests.Prepared sent = requests.authenticate(request);
    return authenticationAnswers.read(backchannel.send(sent.http()), request, sent.secrets());
  }

  @Override
  public TokenAnswer token(AuthReqId authReqId, @Nullable String audience) {
    ProviderRequests.Prepared sent = requests.token(authReqId, audience);
    return tokenAnswers.read(tokenEndpoint.send(sent.http()), sent.secrets());
  }

  @Override
  public GrantCheck check(
      Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked) {
    return grants.verify(tokens, asked, authReqId, sinceAsked);
  }
}
