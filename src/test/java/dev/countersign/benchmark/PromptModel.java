package dev.countersign.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.answers.AnsweringServer;
import dev.countersign.answers.Asked;
import dev.countersign.answers.RawAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model's server that speaks OpenAI's chat completions, as a stream where it is asked for one,
 * and answers at once: to "Buy 3 bells" by a call of the guarded tool, else in a few words.
 */
final class PromptModel implements AutoCloseable {
  /** What it says to all else. */
  static final String WORDS = "Bells are rung by hand.";

  /** What it says once the tool has answered. */
  static final String ASKED = "Please look at your phone.";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode USAGE =
      JSON.createObjectNode()
          .put("prompt_tokens", 1)
          .put("completion_tokens", 1)
          .put("total_tokens", 2);
  private static final Pattern WISH = Pattern.compile("Buy (\\d+) bells.*", Pattern.DOTALL);

  private final AnsweringServer server = AnsweringServer.start();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  PromptModel() {
    server.answer("v1", this::answer);
  }

  String baseUrl() {
    return server.url("/v1");
  }

  /** How often it was asked. */
  int requests() {
    return requests.get();
  }

  /** How long it took over all of its answers, from the last byte of a request. */
  long nanos() {
    return nanos.get();
  }

  private RawAnswer answer(Asked asked) {
    long begin = System.nanoTime();
    int number = requests.incrementAndGet();
    JsonNode request = read(asked.body());
    ObjectNode message = message(request.path("messages"), number);
    String reason = message.has("tool_calls") ? "tool_calls" : "stop";
    RawAnswer answer =
        request.path("stream").asBoolean()
            ? sent(
                "text/event-stream",
                event(completion("delta", message, null))
                    + event(
                        completion("delta", JSON.createObjectNode(), reason).set("usage", USAGE))
                    + "data: [DONE]\n\n")
            : sent(
                "application/json",
                completion("message", message, reason).set("usage", USAGE).toString());
    nanos.addAndGet(System.nanoTime() - begin);
    return answer;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode message(JsonNode messages, int number) {
    JsonNode last = messages.path(messages.size() - 1);
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    if (last.path("role").asText().equals("tool")) {
      return message.put("content", ASKED);
    }
    Matcher wish = WISH.matcher(last.path("content").asText());
    if (!wish.matches()) {
      return message.put("content", WORDS);
    }
    ArrayNode calls = message.putNull("content").putArray("tool_calls");
    calls
        .addObject()
        .put("index", 0)
        .put("id", "call_" + number)
        .put("type", "function")
        .putObject("function")
        .put("name", "shop_online")
        .put("arguments", "{\"product\":\"bells\",\"qty\":%s}".formatted(wish.group(1)));
    return message;
  }

  private static ObjectNode completion(String kind, ObjectNode message, @Nullable String reason) {
    ObjectNode completion =
        JSON.createObjectNode()
            .put("id", "chatcmpl-1")
            .put("object", kind.equals("delta") ? "chat.completion.chunk" : "chat.completion")
            .put("created", 1)
            .put("model", "prompt");
    completion
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", reason)
        .set(kind, message);
    return completion;
  }

  private static String event(JsonNode chunk) {
    return "data: " + chunk + "\n\n";
  }

  private static RawAnswer sent(String type, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(type, bytes.length);
    return new RawAnswer(
        200, List.of(new RawAnswer.Piece.Bytes((head + body).getBytes(UTF_8))), RawAnswer.End.KEEP);
  }

  @Override
  public void close() {
    server.close();
  }
}
