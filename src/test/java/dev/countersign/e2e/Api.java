package dev.countersign.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client of one server for one user.
 *
 * @param token sent as a bearer token; null: none
 */
public record Api(String base, @Nullable String token) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** One answer; its body is a missing node when it isn't JSON. */
  public record Answer(int status, HttpHeaders headers, String text) {
    /** The body as JSON. */
    public JsonNode body() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        return MissingNode.getInstance();
      }
    }

    String contentType() {
      return headers.firstValue("Content-Type").orElse("");
    }
  }

  /** Gets a path. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** Posts JSON; {@code headers} are names and values in turn. */
  public Answer post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Sends no body where it is null; {@code headers} are names and values in turn. */
  public Answer call(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Posts a chat message to a conversation; null: a new one. */
  public Answer say(@Nullable String conversationId, String message) {
    var body = JSON.createObjectNode().put("message", message);
    if (conversationId != null) {
      body.put("conversationId", conversationId);
    }
    return post("/api/chat", body.toString());
  }

  /** Starts a purchase without a model and returns its id. */
  public String buy(int qty, String product) {
    Answer answer =
        post(
            "/api/purchases",
            JSON.createObjectNode().put("product", product).put("qty", qty).toString());
    if (answer.status() != 202) {
      throw new AssertionError("POST /api/purchases answered " + answer);
    }
    return answer.body().path("id").asText();
  }

  /** A purchase of the user's. */
  public JsonNode purchase(String id) {
    return get("/api/purchases/" + id).body();
  }

  /** What the assistant has said in a conversation. */
  List<String> said(String conversationId) {
    return elements(get("/api/chat/" + conversationId).body().path("messages"))
        .filter(message -> message.path("role").asText().equals("assistant"))
        .map(message -> message.path("text").asText())
        .toList();
  }

  /** The elements of an array. */
  public static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Opens a stream of events; its body is read as it comes. */
  HttpResponse<InputStream> stream(String path, @Nullable String lastEventId) {
    HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return exchange(request.GET(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  private static <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return HTTP.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
