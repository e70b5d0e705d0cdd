package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A model server of one kind on loopback, which counts what it refuses. */
public final class ModelServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockWebServer server = new MockWebServer();
  private final ServerKind kind;
  private final Brain brain = new Brain();
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

  /** Starts at a free port. */
  public ModelServer(ServerKind kind) {
    this.kind = kind;
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code OPENAI_BASE_URL} would be, or a gateway's setting of its address. */
  public String url() {
    return server.url(kind.path()).toString();
  }

  /** The model behind it. */
  public Brain brain() {
    return brain;
  }

  /** What it refused because a request breaks a rule of its kind, oldest first. */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** The bodies of all requests, oldest first. */
  public List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  private MockResponse answer(RecordedRequest recorded) {
    if (!recorded.getTarget().equals(kind.target())) {
      return json(404, "{\"error\":{\"message\":\"Not found\",\"code\":404}}");
    }
    var request = new WireRequest(read(Objects.requireNonNull(recorded.getBody()).utf8()));
    requests.add(request.body());
    Refusal refusal = kind.refusal(request);
    if (refusal != null) {
      refusals.add(refusal);
      return json(refusal.status(), refusal.body());
    }
    Thought thought = brain.think(kind.understood(request));
    Refusal mishap = kind.mishap(request, thought);
    if (mishap != null) {
      return json(mishap.status(), mishap.body());
    }
    Completion completion = kind.answer(request, thought);
    return request.streams()
        ? events(kind.streaming().chunks(completion, request.wantsUsage()))
        : json(200, completion.body().toString());
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(body, e);
    }
  }

  private static MockResponse events(List<ObjectNode> chunks) {
    var body = new StringBuilder();
    chunks.forEach(chunk -> body.append("data: ").append(chunk).append("\n\n"));
    body.append("data: [DONE]\n\n");
    return new MockResponse.Builder()
        .code(200)
        .addHeader("Content-Type", "text/event-stream")
        .body(body.toString())
        .build();
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
