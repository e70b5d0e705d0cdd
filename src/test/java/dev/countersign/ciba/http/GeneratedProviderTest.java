package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.answers.AnsweringServer;
import dev.countersign.answers.Asked;
import dev.countersign.answers.Cases;
import dev.countersign.answers.Dice;
import dev.countersign.answers.GeneratedCase;
import dev.countersign.answers.ProviderAnswers;
import dev.countersign.answers.ProviderAnswers.Written;
import dev.countersign.answers.RawAnswer;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.grant.IdTokens;
import dev.countersign.ciba.grant.OddIdTokens;
import dev.countersign.ciba.grant.OddIdTokens.OddIdToken;
import dev.countersign.ciba.grant.OddIdTokens.Verdict;
import dev.countersign.ciba.provider.CibaTimeouts;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.http.RetryAfter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever a provider answers, the client says one of the things that it may say, in time; it takes
 * nothing for a yes that isn't one, and tells no secret.
 */
class GeneratedProviderTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMillis(1_600);
  private static final Duration AT_MOST = Duration.ofSeconds(15);
  private static final Duration SINCE_ASKED = Duration.ofMinutes(2);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final String SECRET = "s3cr&t-of-the-client-+ü";
  private static final int MOST_CHARACTERS = 1_000;

  private static final AnsweringServer server = AnsweringServer.start();
  private static final OkHttpClient http = new OkHttpClient();

  @BeforeAll
  static void makeKeys() {
    OddIdTokens.of(new GeneratedCase(0, 0).dice()); // they take seconds, which no case has
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void staysWithinWhatItMaySay() throws InterruptedException {
    Cases.or(300)
        .hold(
            AT_MOST,
            it -> {
              try (var talk = new Talk(it)) {
                talk.hold();
              }
            });
  }

  private static final Written NOTHING =
      new Written("", new RawAnswer(0, List.of(), RawAnswer.End.CLOSE));

  /** A request that is due, and what is answered to it. */
  private static final class Step {
    private final String path;
    private final Function<Asked, Written> answer;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Written last = NOTHING;

    Step(String path, Function<Asked, Written> answer) {
      this.path = path;
      this.answer = answer;
    }

    /** On a busy machine one of the step before may come when its client has given it up. */
    Written answer(Asked asked) {
      if (!asked.path().equals(path)) {
        return NOTHING;
      }
      requests.incrementAndGet();
      Written written = answer.apply(asked);
      last = written;
      return written;
    }
  }

  /** One client, which asks and polls, and checks what it was granted. */
  private static final class Talk implements AutoCloseable {
    private final String name;
    private final Dice dice;
    private final ProviderAnswers answers;
    private final String authReqId;
    private final BackchannelClient client;
    private volatile Step step = new Step("", _ -> NOTHING);
    private boolean keysAreKnown;

    Talk(GeneratedCase it) {
      name = "case" + it.index();
      dice = it.dice();
      answers = new ProviderAnswers(dice, SLOW);
      authReqId = "handle-of-the-request-" + it.index();
      server.answer(name, asked -> step.answer(asked).raw());
      client =
          new HttpBackchannelClient(
              http,
              metadata(),
              Provider.settings(
                  new ClientAuthentication.ClientSecretPost(
                      Provider.CLIENT_ID, new ClientSecret(SECRET))),
              Provider.clock(),
              new CibaTimeouts(AT_MOST, SOON, SOON, SOON),
              System::nanoTime);
    }

    private ProviderMetadata metadata() {
      return new ProviderMetadata(
          Provider.ISSUER,
          at("/bc-authorize"),
          at("/token"),
          null,
          null,
          at("/jwks"),
          List.of("client_secret_post"),
          List.of(),
          List.of(),
          List.of(),
          List.of("poll"),
          false);
    }

    private URI at(String path) {
      return URI.create(server.url("/" + name + path));
    }

    void hold() {
      for (int i = 0; i < 2; i++) {
        ask();
        poll();
      }
    }

    private Written last() {
      return step.last;
    }

    private AtomicInteger requests() {
      return step.requests;
    }

    private void expect(String path, Function<Asked, Written> answer) {
      step = new Step("/" + name + path, answer);
    }

    private void ask() {
      boolean ping = dice.oneIn(4);
      expect("/bc-authorize", asked -> answers.authentication(authReqId, asked.body()));
      AuthenticationAnswer answer =
          client.authenticate(ping ? Provider.askedInPingMode() : Provider.ASKED);
      String told = AnswerNotation.of(answer) + " to " + last().raw();
      assertThat(requests())
          .as(told)
          .hasValueLessThanOrEqualTo(1); // a busy machine may not get to it
      isFit(answer.toString(), told);
      switch (answer) {
        case AuthenticationAnswer.Accepted(var id, var expiresIn, var interval) -> {
          assertThat(last().raw().isSuccess()).as(told).isTrue();
          assertThat(id.value()).as(told).isNotBlank();
          assertThat(expiresIn).as(told).isPositive().isLessThanOrEqualTo(WEEK);
          assertThat(interval).as(told).isPositive();
          assertThat(ping || interval.compareTo(expiresIn) < 0).as(told).isTrue();
        }
        case AuthenticationAnswer.NotSent _ -> assertThat(requests()).as(told).hasValue(0);
        case AuthenticationAnswer.NotAsked(_, var after) -> isBounded(after, told);
        case AuthenticationAnswer.Throttled(var after) -> isBounded(after, told);
        case AuthenticationAnswer.Ambiguous(_, var after) -> isBounded(after, told);
        case AuthenticationAnswer.NoDevice _, AuthenticationAnswer.Refused _ -> {}
      }
    }

    private void poll() {
      OddIdToken idToken = dice.oneIn(6) ? null : OddIdTokens.of(dice);
      String text = idToken == null ? null : idToken.text();
      String accessToken = IdTokens.tokens("").accessToken();
      expect("/token", asked -> answers.token(accessToken, text, asked.body()));
      TokenAnswer answer = client.token(new AuthReqId(authReqId), "shop");
      String told = AnswerNotation.of(answer) + " to " + last().raw();
      // a connection that is used again may just be closed, with the request lost on it
      assertThat(requests()).as(told).hasValueLessThanOrEqualTo(1);
      isFit(answer instanceof TokenAnswer.Granted ? "" : answer.toString(), told);
      String document = last().document();
      switch (answer) {
        case TokenAnswer.Granted(var tokens) -> {
          assertThat(tokens.toString()).as(told).doesNotContain(accessToken);
          assertThat(last().raw().isSuccess()).as(told).isTrue();
          check(tokens, text == null || !text.equals(tokens.idToken()) ? null : idToken);
        }
        case TokenAnswer.Denied _ -> assertThat(document).as(told).contains("access_denied");
        case TokenAnswer.Expired() -> assertThat(document).as(told).contains("expired_token");
        case TokenAnswer.InvalidGrant _ -> assertThat(document).as(told).contains("invalid_grant");
        case TokenAnswer.Pending(var after) -> isBounded(after, told);
        case TokenAnswer.SlowDown(var after, _) -> isBounded(after, told);
        case TokenAnswer.Unavailable(_, var after) -> isBounded(after, told);
        case TokenAnswer.Refused _ -> {}
      }
    }

    private void check(Tokens tokens, @Nullable OddIdToken idToken) {
      boolean foreignKeys = dice.oneIn(4);
      String set = foreignKeys ? OTHER_KEYS : IdTokens.published(IdTokens.KEY.toPublicJWK());
      expect("/jwks", _ -> answers.keys(set));
      GrantCheck check =
          client.check(tokens, Provider.ASKED, new AuthReqId(authReqId), SINCE_ASKED);
      String told = check + " of " + tokens.idToken() + " with " + set;
      isFit(check instanceof GrantCheck.Valid ? "" : check.toString(), told);
      if (check instanceof GrantCheck.Valid) {
        assertThat(tokens.idToken()).as(told).isNotNull();
        if (idToken != null) {
          assertThat(idToken.verdict()).as(told).isNotEqualTo(Verdict.BAD);
          assertThat(foreignKeys && !keysAreKnown).as(told).isFalse();
        }
      }
      keysAreKnown |= !foreignKeys;
    }

    private static final String OTHER_KEYS = IdTokens.published(IdTokens.KEY_OF_ANOTHER);

    private void isFit(String shown, String told) {
      assertThat(shown)
          .as(told)
          .hasSizeLessThan(MOST_CHARACTERS)
          .doesNotContain(SECRET, authReqId, IdTokens.tokens("").accessToken())
          .doesNotContainPattern("\\p{Cc}");
    }

    private static void isBounded(@Nullable Duration after, String told) {
      if (after != null) {
        assertThat(after).as(told).isBetween(Duration.ZERO, RetryAfter.MAX);
      }
    }

    @Override
    public void close() {
      server.forget(name);
    }
  }
}
