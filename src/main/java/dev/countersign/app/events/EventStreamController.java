package dev.countersign.app.events;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.Revocable;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/chat/{conversationId}/events}: what happens in a conversation, as it happens. The
 * stream is written by the request's own thread, a virtual one: it blocks as long as its viewer
 * does, and nothing has to be handed over, timed out or cleaned up.
 */
@RestController
@EnableConfigurationProperties(StreamProperties.class)
class EventStreamController {
  private static final Logger log = LoggerFactory.getLogger(EventStreamController.class);

  private final Feeds feeds;
  private final StreamLimit limit;
  private final JsonMapper json;
  private final StreamTimes times;

  @Autowired
  EventStreamController(Feeds feeds, StreamLimit limit, JsonMapper json) {
    this(feeds, limit, json, StreamTimes.USUAL);
  }

  EventStreamController(Feeds feeds, StreamLimit limit, JsonMapper json, StreamTimes times) {
    this.feeds = feeds;
    this.limit = limit;
    this.json = json;
    this.times = times;
  }

  /** All of a conversation, or what came after {@code Last-Event-ID}, and then what changes. */
  @GetMapping(
      value = "/api/chat/{conversationId}/events",
      produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(
      @PathVariable String conversationId,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      Caller caller,
      @Nullable Authentication login,
      HttpServletResponse response) {
    try (StreamLimit.Place _ = limit.take(caller, () -> feeds.probe(caller));
        Feeds.View view = feeds.open(caller, conversationId)) {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
      EventWriter writer = new EventWriter(response.getOutputStream(), json);
      BooleanSupplier revoked = () -> login instanceof Revocable it && it.isRevoked();
      new EventStream(view.feed(), EventId.of(lastEventId), writer, times, revoked).run();
    } catch (IOException e) {
      log.debug("A viewer of {} has gone: {}", conversationId, e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
