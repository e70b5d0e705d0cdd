package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody who watches a conversation, as a browser does. */
public final class EventViewer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What came, in order. */
  public final List<Event> events = new CopyOnWriteArrayList<>();

  final HttpResponse<InputStream> response;
  private final Thread reader;

  /**
   * One event; its data is JSON.
   *
   * @param nanoTime when it came
   */
  public record Event(String id, String name, JsonNode data, long nanoTime) {
    /** Says which message it is, or how a purchase stands. */
    String gist() {
      return switch (name) {
        case "message" -> "message " + data.path("id");
        case "call" -> data.path("status").asText();
        default -> name;
      };
    }
  }

  /**
   * Begins to watch.
   *
   * @param lastEventId null: nothing was seen before
   */
  public EventViewer(Api user, String conversationId, @Nullable String lastEventId) {
    response = user.stream("/api/chat/" + conversationId + "/events", lastEventId);
    reader = Thread.ofVirtual().start(this::read);
  }

  /** The id to come back with. */
  String lastEventId() {
    return events.getLast().id();
  }

  List<String> gists() {
    return events.stream().map(Event::gist).toList();
  }

  /** Numbers of the messages that came. */
  List<Integer> messages() {
    return events.stream()
        .filter(event -> event.name().equals("message"))
        .map(event -> event.data().path("id").asInt())
        .toList();
  }

  /** Versions of the purchases that came. */
  List<Integer> versions() {
    return events.stream()
        .filter(event -> event.name().equals("call"))
        .map(event -> event.data().path("version").asInt())
        .toList();
  }

  /** Waits until such an event has come. */
  public EventViewer awaitEvent(Predicate<Event> wanted) {
    await()
        .alias("none of " + events)
        .atMost(Product.PATIENCE)
        .until(() -> events.stream().anyMatch(wanted));
    return this;
  }

  EventViewer awaitStatus(String status) {
    return awaitEvent(event -> event.gist().equals(status));
  }

  EventViewer awaitMessage(int number) {
    return awaitEvent(event -> event.gist().equals("message " + number));
  }

  /** Waits until the server has ended the stream. */
  void awaitEnd() {
    await().atMost(Product.PATIENCE).until(() -> !reader.isAlive());
  }

  /** Whether the server has ended the stream, or the connection is gone. */
  public boolean hasEnded() {
    return !reader.isAlive();
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      String id = "";
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          JsonNode data = JSON.readTree(line.substring("data: ".length()));
          events.add(new Event(id, name, data, System.nanoTime()));
        }
      }
    } catch (IOException _) {
      // the connection is gone, as it is when the server is killed
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
