package dev.countersign.ciba.grant;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.UserHint;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.ciba.provider.PublishedKeys;
import dev.countersign.ciba.provider.TokenSource;
import dev.countersign.clock.RemoteClock;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Whether a grant may be used: compared with what was asked, its ID token verified. */
public final class GrantVerifier {
  private final @Nullable Boolean idTokenRequired;
  private final IdTokenCheck idTokens;

  /**
   * For one client of one provider. Where an {@code id_token_hint} or a {@code login_hint_token}
   * named the user, an ID token is always required.
   *
   * @param transport fetches the provider's keys
   * @param clock the provider's: tells whether an ID token has expired
   * @param nanoTime as {@link System#nanoTime}: tells how long ago the keys were fetched
   */
  public GrantVerifier(
      ProviderMetadata metadata,
      ClientSettings settings,
      Transport transport,
      RemoteClock clock,
      LongSupplier nanoTime) {
    this.idTokenRequired = settings.idTokenRequired();
    this.idTokens =
        new IdTokenCheck(
            metadata.issuer(),
            settings.authentication().clientId(),
            settings.idTokenAlgorithm(),
            new PublishedKeys(
                metadata.jwksUri().toString(),
                TokenSource.PROVIDER,
                () -> text(metadata.jwksUri(), transport),
                nanoTime),
            clock);
  }

  private static String text(URI address, Transport transport) throws IOException {
    Request request =
        new Request.Builder()
            .url(address.toString())
            .header("Accept", PublishedKeys.ACCEPTED)
            .build();
    return switch (transport.send(request)) {
      case NotSent(var reason) -> throw new IOException(reason);
      case Lost(var reason) -> throw new IOException(reason);
      case Answered(var status, _, _, var body) -> {
        if (status != 200 || body == null) {
          throw new IOException("status " + status);
        }
        yield body;
      }
    };
  }

  /** See {@link BackchannelClient#check}. */
  public GrantCheck verify(
      Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked) {
    String fault = GrantComparison.fault(tokens, asked);
    if (fault != null) {
      return new GrantCheck.Invalid(fault);
    }
    String idToken = tokens.idToken();
    if (idToken != null) { // also where none is required: a wrong one is no good sign
      return idTokens.check(idToken, tokens.accessToken(), asked.user(), authReqId, sinceAsked);
    }
    return isIdTokenRequired(asked)
        ? new GrantCheck.Invalid("The provider sent no ID token, so nobody knows who approved.")
        : new GrantCheck.Valid(FactReader.facts(Map.of(), tokens.accessToken()));
  }

  /** By a token for which nobody here vouches, anyone might have been asked. */
  private boolean isIdTokenRequired(AuthenticationRequest asked) {
    boolean named = asked.hint() instanceof UserHint.LoginHint;
    return !named
        || (idTokenRequired == null ? asked.scopes().contains("openid") : idTokenRequired);
  }
}
