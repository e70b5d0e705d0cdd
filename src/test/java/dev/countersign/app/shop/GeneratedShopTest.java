package dev.countersign.app.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.answers.AnsweringServer;
import dev.countersign.answers.Cases;
import dev.countersign.answers.Dice;
import dev.countersign.answers.GeneratedCase;
import dev.countersign.answers.RawAnswer;
import dev.countersign.answers.ShopAnswers;
import dev.countersign.http.RetryAfter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever a shop answers, the client says one of the things that it may say, in time; it takes
 * nothing for an order, or for the lack of one, that isn't, and tells no token.
 */
class GeneratedShopTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMillis(1_600);
  private static final Duration AT_MOST = Duration.ofSeconds(15);
  private static final BearerToken TOKEN = new BearerToken("eyJ.the-secret-token.of+the/user");
  private static final Order ORDER = new Order("headphones", 2, new BigDecimal("99.90"));
  private static final String KEY = "purchase-1";
  private static final int MOST_CHARACTERS = 800;

  private static final AnsweringServer server = AnsweringServer.start();
  private static final OkHttpClient http = new OkHttpClient();

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void staysWithinWhatItMaySay() throws InterruptedException {
    Cases.or(600).hold(AT_MOST, GeneratedShopTest::hold);
  }

  private static void hold(GeneratedCase it) {
    Dice dice = it.dice();
    String name = "case" + it.index();
    ShopAnswers answers = new ShopAnswers(dice, SLOW);
    Given ordered = new Given();
    Given lookedUp = new Given();
    server.answer(
        name,
        asked -> {
          // on a busy machine an order may come when its client has given it up
          Given given = asked.method().equals("POST") ? ordered : lookedUp;
          synchronized (dice) {
            String echo = dice.oneIn(2) ? asked.headers().get("authorization") : TOKEN.value();
            return given.by(answers.any(String.valueOf(echo)));
          }
        });
    try {
      ShopClient client = client(name, dice);
      OrderAnswer answer = client.order(ORDER, TOKEN, KEY);
      check(answer, ordered.answer(), ordered.requests.get());
      LookUpAnswer found = client.lookUp(TOKEN, KEY);
      check(found, lookedUp.answer());
      assertThat(lookedUp.requests).hasValueLessThanOrEqualTo(1);
    } finally {
      server.forget(name);
    }
  }

  private static final class Given {
    private final AtomicInteger requests = new AtomicInteger();
    private volatile RawAnswer answer = new RawAnswer(0, List.of(), RawAnswer.End.CLOSE);

    RawAnswer by(RawAnswer next) {
      requests.incrementAndGet();
      answer = next;
      return next;
    }

    RawAnswer answer() {
      return answer;
    }
  }

  private static ShopClient client(String name, Dice dice) {
    String orders = server.url("/" + name + "/orders");
    return new HttpShopClient(
        http,
        new ShopSite(URI.create(orders), orders + "?key=" + ShopSite.KEY, SOON, dice.oneIn(2)),
        Clock.systemUTC());
  }

  private static void check(OrderAnswer answer, RawAnswer given, int requests) {
    String told = answer + " to " + given;
    assertThat(requests).as(told).isLessThanOrEqualTo(1); // a busy machine may not get to it
    isFit(answer.toString(), told);
    int status = given.status();
    switch (answer) {
      case OrderAnswer.Ordered(var words, var number) -> {
        assertThat(given.isSuccess()).as(told).isTrue();
        assertThat(words).as(told).isNotBlank();
        assertThat(number == null || !number.isBlank()).as(told).isTrue();
      }
      case OrderAnswer.Unauthorized(var words) -> {
        assertThat(status).as(told).isEqualTo(401);
        assertThat(words).as(told).isNotBlank();
      }
      case OrderAnswer.Conflict(var words) -> {
        assertThat(status).as(told).isEqualTo(409);
        assertThat(words).as(told).isNotBlank();
      }
      case OrderAnswer.Refused(var given4xx, var words) -> {
        assertThat(given4xx).as(told).isEqualTo(status).isBetween(400, 499);
        assertThat(words).as(told).isNotBlank();
      }
      case OrderAnswer.Busy(var code, var after) -> {
        assertThat(code).as(told).isEqualTo(status).isIn(425, 429, 503);
        isBounded(after, told);
      }
      case OrderAnswer.Unknown(_, var after) -> isBounded(after, told);
      case OrderAnswer.NotSent _ -> assertThat(requests).as(told).isZero();
    }
  }

  private static void check(LookUpAnswer answer, RawAnswer given) {
    String told = answer + " to " + given;
    isFit(answer.toString(), told);
    switch (answer) {
      case LookUpAnswer.Ordered _ -> assertThat(given.status()).as(told).isEqualTo(200);
      case LookUpAnswer.NotFound() -> assertThat(given.status()).as(told).isEqualTo(404);
      case LookUpAnswer.Unknown(_, var after) -> isBounded(after, told);
    }
  }

  private static void isFit(String shown, String told) {
    assertThat(shown)
        .as(told)
        .hasSizeLessThan(MOST_CHARACTERS)
        .doesNotContain(TOKEN.value())
        .doesNotContainPattern("\\p{Cc}");
  }

  private static void isBounded(@Nullable Duration after, String told) {
    if (after != null) {
      assertThat(after).as(told).isBetween(Duration.ZERO, RetryAfter.MAX);
    }
  }
}
