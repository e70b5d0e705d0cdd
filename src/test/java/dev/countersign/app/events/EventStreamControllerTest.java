package dev.countersign.app.events;

import static dev.countersign.guard.CallStatus.DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.login.SignedInMvc;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class EventStreamControllerTest {
  private static final StreamTimes SHORT =
      new StreamTimes(Duration.ofMinutes(1), Duration.ofMillis(300));
  private static final Caller ALICE = new Caller("alice");

  private final ScriptedConversation conversation = new ScriptedConversation();
  private final Feeds feeds = new Feeds((_, _) -> conversation);
  private final StreamLimit limit = new StreamLimit(new StreamProperties(2));
  private final Deque<StreamLimit.Place> places = new ArrayDeque<>();
  private final MockMvcTester http =
      SignedInMvc.of(
          new EventStreamController(feeds, limit, JsonMapper.shared(), SHORT),
          _ -> ALICE,
          _ -> IdempotencyKey.random());

  @BeforeEach
  void start() {
    feeds.start();
  }

  private StreamLimit.Place take(Caller caller) throws InterruptedException {
    return limit.take(caller, () -> {});
  }

  private MvcTestResult events() {
    return http.get()
        .uri("/api/chat/{id}/events", ScriptedConversation.ID)
        .accept(MediaType.TEXT_EVENT_STREAM)
        .exchange();
  }

  @Test
  void sendsWhatHasHappenedUnbufferedAndUncached() {
    conversation.says().buys("p1", DENIED);

    MvcTestResult answer = events();

    assertThat(answer)
        .hasStatusOk()
        .hasContentType(MediaType.TEXT_EVENT_STREAM)
        .hasHeader("Cache-Control", "no-store")
        .hasHeader("X-Accel-Buffering", "no")
        .bodyText()
        .contains("event: message", "event: call");
  }

  @Test
  void goesOnAfterTheLastEvent() {
    conversation.says().says();

    assertThat(
            http.get()
                .uri("/api/chat/{id}/events", ScriptedConversation.ID)
                .header("Last-Event-ID", "1.0"))
        .bodyText()
        .doesNotContain("message 1")
        .contains("message 2");
  }

  @Test
  void saysToWhoComesLateThatTheConversationHasEnded() {
    conversation.says().ends();

    assertThat(events()).hasStatusOk().bodyText().endsWith("event: ended\ndata: {}\n\n");
  }

  @Test
  void saysThatAConversationIsNotThere() {
    conversation.vanishes();

    assertThat(events())
        .hasStatus(404)
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyJson()
        .extractingPath("$.detail")
        .asString()
        .contains("conversation");
  }

  @Test
  void saysThatTemporalIsAway() {
    conversation.failsToAnswer(1);

    assertThat(events())
        .hasStatus(503)
        .hasHeader("Retry-After", "5")
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
  }

  @Test
  void refusesMoreStreamsThanAUserMayHave() throws InterruptedException {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    limit.bindTo(metrics);
    conversation.says();
    places.add(take(ALICE));
    assertThat(events()).hasStatusOk();
    places.add(take(ALICE));

    assertThat(events())
        .hasStatus(429)
        .hasHeader("Retry-After", "5")
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyJson()
        .extractingPath("$.detail")
        .isEqualTo(
            "You watch conversations in 2 places already, and no more are allowed. Close one, then"
                + " try again.");
    assertThat(
            metrics
                .get("countersign.limits.hit")
                .tag("limit", "streams_of_user")
                .functionCounter()
                .count())
        .isEqualTo(1);

    places.remove().close();
    assertThat(events()).hasStatusOk();
  }

  @Test
  void countsTheStreamsOfAllUsers() throws InterruptedException {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    limit.bindTo(metrics);
    places.add(take(ALICE));
    places.add(take(ALICE));
    places.add(take(new Caller("bob")));

    assertThat(metrics.get("countersign.chat.streams").gauge().value()).isEqualTo(3);
    places.forEach(StreamLimit.Place::close);
    assertThat(metrics.get("countersign.chat.streams").gauge().value()).isZero();
  }
}
