package dev.countersign.approval;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.UserHint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider with one user, in memory and in virtual time. Keeps the pace like the
 * strictest real one: who polls sooner than the interval after its last answer is noted.
 */
public final class FakeProvider implements BackchannelClient {
  public static final String ACCESS_TOKEN = "plain-access-token-of-the-user";
  public static final String AUTH_REQ_ID = "plain-auth-req-id-";
  public static final Duration EXPIRES_IN = Duration.ofMinutes(5);

  /** What {@code slow_down} alone adds to the interval (CIBA Core 11). */
  private static final Duration SLOWER = Duration.ofSeconds(5);

  private final Clock clock;
  private final List<AuthenticationRequest> rings = new ArrayList<>();
  private final List<Instant> polls = new ArrayList<>();
  private final List<Instant> tooEarly = new ArrayList<>();
  private final Set<String> polledFor = new HashSet<>();
  private final Map<String, Instant> asked = new LinkedHashMap<>();
  private final Queue<Supplier<AuthenticationAnswer>> nextAsks = new ArrayDeque<>();
  private final Queue<Supplier<TokenAnswer>> nextPolls = new ArrayDeque<>();
  private int requests;
  private Duration interval = Duration.ofSeconds(5);
  private Duration tokenLife = Duration.ofHours(24);
  private @Nullable Duration decidesAfter;
  private Function<String, TokenAnswer> verdict = _ -> new TokenAnswer.Pending();
  private @Nullable Duration downFrom;
  private @Nullable Duration downUntil;
  private Duration expiresIn = EXPIRES_IN;
  private Runnable beforeAnswering = () -> {};
  private Runnable beforePolled = () -> {};
  private GrantCheck check = new GrantCheck.Valid();

  public FakeProvider(Clock clock) {
    this.clock = clock;
  }

  public synchronized void approvesAfter(Duration duration) {
    decidesAfter = duration;
    verdict = _ -> new TokenAnswer.Granted(tokens());
  }

  public synchronized void deniesAfter(Duration duration) {
    decidesAfter = duration;
    verdict = _ -> new TokenAnswer.Denied(null);
  }

  /** The next request gets this answer; if it is {@code Accepted}, the phone rings for it. */
  public synchronized void nextAsk(Supplier<AuthenticationAnswer> answer) {
    nextAsks.add(answer);
  }

  public synchronized void nextPoll(TokenAnswer answer) {
    nextPolls.add(() -> answer);
  }

  public synchronized void isDown(Duration from, Duration until) {
    downFrom = from;
    downUntil = until;
  }

  public synchronized void tokensLive(Duration life) {
    tokenLife = life;
  }

  public synchronized void requestsLive(Duration life) {
    expiresIn = life;
  }

  public synchronized void wantsInterval(Duration least) {
    interval = least;
  }

  /** What happens when a request has rung, but before its answer is sent. */
  public synchronized void beforeAnswering(Runnable event) {
    beforeAnswering = event;
  }

  /** What happens while a poll is under way. */
  public synchronized void beforePolled(Runnable event) {
    beforePolled = event;
  }

  public synchronized void checksAs(GrantCheck result) {
    check = result;
  }

  /** How often the phone rang, and for what. */
  public synchronized List<AuthenticationRequest> rings() {
    return List.copyOf(rings);
  }

  /** When the phone rang for a question whose answer was not lost. */
  public synchronized List<Instant> ringsAt() {
    return List.copyOf(asked.values());
  }

  /** How many authentication requests came in, whether the phone rang for them or not. */
  public synchronized int requests() {
    return requests;
  }

  public synchronized List<Instant> polls() {
    return List.copyOf(polls);
  }

  /** How many requests have been polled for. */
  public synchronized int polledFor() {
    return polledFor.size();
  }

  public synchronized List<Instant> tooEarly() {
    return List.copyOf(tooEarly);
  }

  private Tokens tokens() {
    return new Tokens(ACCESS_TOKEN, null, tokenLife, null, null);
  }

  @Override
  public synchronized AuthenticationAnswer authenticate(AuthenticationRequest request) {
    requests++;
    Supplier<AuthenticationAnswer> scripted = nextAsks.poll();
    if (scripted != null) {
      return scripted.get();
    }
    return ring(request);
  }

  private AuthenticationAnswer ring(AuthenticationRequest request) {
    rings.add(request);
    String id = AUTH_REQ_ID + rings.size();
    asked.put(id, clock.instant());
    beforeAnswering.run();
    return new AuthenticationAnswer.Accepted(new AuthReqId(id), expiresIn, interval);
  }

  /** The phone rings, but nobody learns the handle: a lost answer. */
  public synchronized AuthenticationAnswer ringAndLoseTheAnswer() {
    rings.add(
        new AuthenticationRequest(
            new UserHint.LoginHint("lost"),
            new ExpectedUser("sub", "lost"),
            "lost",
            List.of("openid"),
            null,
            null,
            EXPIRES_IN,
            List.of(),
            null,
            null));
    return new AuthenticationAnswer.Ambiguous("The answer was lost");
  }

  @Override
  public synchronized TokenAnswer token(AuthReqId authReqId, @Nullable String audience) {
    Instant now = clock.instant();
    Instant askedAt = asked.get(authReqId.value());
    if (askedAt == null) {
      return new TokenAnswer.InvalidGrant("unknown auth_req_id");
    }
    Instant before = polls.isEmpty() ? askedAt : polls.getLast();
    if (before.isBefore(askedAt)) {
      before = askedAt;
    }
    if (now.isBefore(before.plus(interval))) {
      tooEarly.add(now);
    }
    polls.add(now);
    polledFor.add(authReqId.value());
    beforePolled.run();
    Supplier<TokenAnswer> scripted = nextPolls.poll();
    if (scripted != null) {
      TokenAnswer answer = scripted.get();
      if (answer instanceof TokenAnswer.SlowDown(var retryAfter, _)) {
        interval = retryAfter == null ? interval.plus(SLOWER) : retryAfter;
      }
      return answer;
    }
    Duration age = Duration.between(askedAt, now);
    if (downFrom != null
        && downUntil != null
        && age.compareTo(downFrom) >= 0
        && age.compareTo(downUntil) < 0) {
      return new TokenAnswer.Unavailable("The provider is down", null);
    }
    return decidesAfter != null && age.compareTo(decidesAfter) >= 0
        ? verdict.apply(authReqId.value())
        : new TokenAnswer.Pending();
  }

  @Override
  public synchronized GrantCheck check(
      Tokens tokens, AuthenticationRequest request, AuthReqId authReqId, Duration sinceAsked) {
    return check;
  }
}
