package dev.countersign.metrics;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts each request to an identity provider by its answer, and how long it took. */
public final class MeteredProvider implements BackchannelClient {
  private static final List<String> ASKED =
      List.of("accepted", "no_device", "refused", "not_sent", "not_asked", "throttled", "unclear");
  private static final List<String> POLLED =
      List.of(
          "pending",
          "slow_down",
          "granted",
          "denied",
          "expired",
          "invalid_grant",
          "refused",
          "unavailable");

  private final BackchannelClient client;
  private final MeterRegistry meters;
  private final PeerMeter peer;

  /** Measures requests of that client. */
  public MeteredProvider(BackchannelClient client, MeterRegistry meters, InstantSource clock) {
    this.client = client;
    this.meters = meters;
    this.peer = new PeerMeter(meters, "provider", clock);
    ASKED.forEach(this::asks); // the first of each is something that a rate can show
    POLLED.forEach(this::polls);
  }

  @Override
  public AuthenticationAnswer authenticate(AuthenticationRequest request) {
    long sent = System.nanoTime();
    AuthenticationAnswer answer = client.authenticate(request);
    asks(kind(answer)).record(Duration.ofNanos(System.nanoTime() - sent));
    switch (answer) {
      case AuthenticationAnswer.Accepted _,
          AuthenticationAnswer.NoDevice _,
          AuthenticationAnswer.Refused _ ->
          peer.answered();
      case AuthenticationAnswer.NotSent _,
          AuthenticationAnswer.NotAsked _,
          AuthenticationAnswer.Throttled _,
          AuthenticationAnswer.Ambiguous _ ->
          peer.failed();
    }
    return answer;
  }

  @Override
  public TokenAnswer token(AuthReqId authReqId, @Nullable String audience) {
    long sent = System.nanoTime();
    TokenAnswer answer = client.token(authReqId, audience);
    polls(kind(answer)).record(Duration.ofNanos(System.nanoTime() - sent));
    if (answer instanceof TokenAnswer.Unavailable) {
      peer.failed();
    } else {
      peer.answered();
    }
    return answer;
  }

  @Override
  public GrantCheck check(
      Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked) {
    return client.check(tokens, asked, authReqId, sinceAsked);
  }

  private Timer asks(String answer) {
    return timer("countersign.provider.asks", "Requests to ask a user, by their answers", answer);
  }

  private Timer polls(String answer) {
    return timer("countersign.provider.polls", "Polls, by their answers", answer);
  }

  private Timer timer(String name, String meaning, String answer) {
    return Timer.builder(name)
        .description(meaning)
        .tag("answer", answer)
        .serviceLevelObjectives(Buckets.REQUEST)
        .register(meters);
  }

  private static String kind(AuthenticationAnswer answer) {
    return switch (answer) {
      case AuthenticationAnswer.Accepted _ -> "accepted";
      case AuthenticationAnswer.NoDevice _ -> "no_device";
      case AuthenticationAnswer.Refused _ -> "refused";
      case AuthenticationAnswer.NotSent _ -> "not_sent";
      case AuthenticationAnswer.NotAsked _ -> "not_asked";
      case AuthenticationAnswer.Throttled _ -> "throttled";
      case AuthenticationAnswer.Ambiguous _ -> "unclear";
    };
  }

  private static String kind(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Pending _ -> "pending";
      case TokenAnswer.SlowDown _ -> "slow_down";
      case TokenAnswer.Granted _ -> "granted";
      case TokenAnswer.Denied _ -> "denied";
      case TokenAnswer.Expired _ -> "expired";
      case TokenAnswer.InvalidGrant _ -> "invalid_grant";
      case TokenAnswer.Refused _ -> "refused";
      case TokenAnswer.Unavailable _ -> "unavailable";
    };
  }
}
