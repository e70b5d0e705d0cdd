package dev.countersign.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.devservices.loopback.CallLog;
import dev.countersign.devservices.loopback.Faults;
import dev.countersign.devservices.loopback.LoopbackServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A model server that speaks OpenAI's chat completions and knows the wishes of a plan. */
final class LargeLanguageModel implements AutoCloseable {
  private static final String PATH = "/v1/chat/completions";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern WORD_ENDS = Pattern.compile("(?<= )");
  private final LoopbackServer server;
  private final Faults faults;
  private final CallLog calls;

  private LargeLanguageModel(LoopbackServer server, Faults faults, CallLog calls) {
    this.server = server;
    this.faults = faults;
    this.calls = calls;
  }

  static LargeLanguageModel start(List<Wish> wishes) {
    var faults = new Faults(Set.of(Endpoint.MODEL.name));
    var calls = new CallLog(_ -> null);
    LoopbackServer server =
        LoopbackServer.start(
            new LoopbackServer.Address("model", 0, "none"),
            faults,
            Map.of("POST " + PATH, Endpoint.MODEL.name),
            calls,
            (servlets, _) ->
                servlets.addServlet("completions", new Completions(wishes)).addMapping(PATH));
    return new LargeLanguageModel(server, faults, calls);
  }

  String baseUrl() {
    return "http://localhost:" + server.port() + "/v1";
  }

  Faults faults() {
    return faults;
  }

  List<CallLog.Call> calls() {
    return calls.calls();
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class Completions extends HttpServlet {
    private final transient List<Wish> wishes;
    private final AtomicInteger callIds = new AtomicInteger();

    Completions(List<Wish> wishes) {
      this.wishes = wishes;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      JsonNode asked = JSON.readTree(request.getInputStream());
      ObjectNode completion = completion(message(asked));
      if (asked.path("stream").asBoolean()) {
        stream(completion, response);
      } else {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(completion));
      }
    }

    /** Words one by one, calls in one piece. */
    private static void stream(ObjectNode completion, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/event-stream");
      JsonNode message = completion.at("/choices/0/message");
      if (message.has("tool_calls")) {
        ObjectNode delta = JSON.createObjectNode();
        delta.set("tool_calls", message.path("tool_calls"));
        write(delta, null, response);
      }
      for (String word : WORD_ENDS.split(message.path("content").asString(""), -1)) {
        write(JSON.createObjectNode().put("content", word), null, response);
      }
      String reason = completion.at("/choices/0/finish_reason").asString();
      write(JSON.createObjectNode(), reason, response);
      response.getOutputStream().write("data: [DONE]\n\n".getBytes(UTF_8));
    }

    private static void write(
        ObjectNode delta, @Nullable String reason, HttpServletResponse response)
        throws IOException {
      ObjectNode chunk = JSON.createObjectNode();
      chunk
          .putArray("choices")
          .addObject()
          .put("index", 0)
          .put("finish_reason", reason)
          .set("delta", delta);
      response.getOutputStream().write(("data: " + chunk + "\n\n").getBytes(UTF_8));
      response.flushBuffer();
    }

    private ObjectNode message(JsonNode asked) {
      List<JsonNode> messages = asked.path("messages").valueStream().toList();
      JsonNode last = messages.getLast();
      boolean mayCall =
          asked.has("tools") && !asked.path("tool_choice").asString("auto").equals("none");
      if (isOutcome(last)) {
        return text("So it is: " + last.path("content").asString());
      }
      if (last.path("role").asString().equals("tool")) {
        Wish wish = newestWish(messages);
        boolean again = wish.model() == Wish.ModelWay.REPEATED_CALL && rounds(messages) < 2;
        return mayCall && again
            ? calls(wish.items().subList(0, 1))
            : text("So it is: " + last.path("content").asString());
      }
      Wish wish = newestWish(messages);
      boolean atOnce = wish.model() == Wish.ModelWay.TWO_CALLS_AT_ONCE;
      return mayCall ? calls(wish.items().subList(0, atOnce ? 2 : 1)) : text("So it is.");
    }

    private Wish newestWish(List<JsonNode> messages) {
      String said =
          messages.stream()
              .filter(message -> message.path("role").asString().equals("user"))
              .filter(message -> !isOutcome(message))
              .map(message -> message.path("content").asString())
              .reduce((_, later) -> later)
              .orElseThrow();
      return wishes.stream().filter(wish -> isOf(said, wish)).findFirst().orElseThrow();
    }

    /** What tools returned may follow, where a history is told as text. */
    private static boolean isOf(String said, Wish wish) {
      return said.equals(wish.words()) || said.startsWith(wish.words() + "\n\n");
    }

    private static boolean isOutcome(JsonNode message) {
      return message.path("role").asString().equals("user")
          && message.path("content").asString().startsWith("[Outcome of");
    }

    /** How often tools were called since the user spoke. */
    private static long rounds(List<JsonNode> messages) {
      return messages.reversed().stream()
          .takeWhile(message -> !message.path("role").asString().equals("user"))
          .filter(message -> message.has("tool_calls"))
          .count();
    }

    private static ObjectNode text(String words) {
      return JSON.createObjectNode().put("role", "assistant").put("content", words);
    }

    private ObjectNode calls(List<Wish.Item> items) {
      ObjectNode message = JSON.createObjectNode().put("role", "assistant").putNull("content");
      ArrayNode calls = message.putArray("tool_calls");
      for (Wish.Item item : items) {
        ObjectNode arguments =
            JSON.createObjectNode().put("product", item.product()).put("qty", item.qty());
        if (item.priceLimit() != null) {
          arguments.put("priceLimit", item.priceLimit());
        }
        calls
            .addObject()
            .put("id", "call_" + callIds.incrementAndGet())
            .put("type", "function")
            .putObject("function")
            .put("name", "shop_online")
            .put("arguments", arguments.toString());
      }
      return message;
    }

    private static ObjectNode completion(ObjectNode message) {
      ObjectNode body =
          JSON.createObjectNode()
              .put("id", "chatcmpl-1")
              .put("object", "chat.completion")
              .put("created", 1)
              .put("model", "small");
      body.putArray("choices")
          .addObject()
          .put("index", 0)
          .put("finish_reason", message.has("tool_calls") ? "tool_calls" : "stop")
          .set("message", message);
      body.putObject("usage")
          .put("prompt_tokens", 1)
          .put("completion_tokens", 1)
          .put("total_tokens", 2);
      return body;
    }
  }
}
