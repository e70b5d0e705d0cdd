package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.model.server.Thought.Call;
import dev.countersign.app.chat.model.server.Thought.Words;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a sensible model would do. It reads the newest messages in whatever form they come: results
 * of tools as messages of their own, or as text among the words of others.
 */
public final class Brain {
  /** Wishes of the user's, then what results of tools and outcomes say. */
  private enum Sign {
    BUY("\\bBuy (\\d+) ([\\w ]+)"),
    PENDING("What is pending"),
    CANCEL("Cancel it"),
    THANKS("Thank you"),
    ASKED("Approval requested"),
    AGAIN("Not made again|already asked"),
    ORDERED("\\bCreated\\b"),
    DENIED("has denied"),
    CANCELLING("Cancelling \""),
    CANCELLED("It was cancelled"),
    LISTED("\\{\"requests\":.*\\}"),
    FAILED("Nothing was done|Not done|Not cancelled|couldn't be begun|can't be looked up");

    private final Pattern pattern;

    Sign(String pattern) {
      this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private volatile boolean lies;

  /** From now on it words a denied outcome as if it were done, as small models do. */
  public void lies() {
    lies = true;
  }

  Thought think(WireRequest request) {
    List<WireMessage> messages = request.conversation();
    String news = newest(messages);
    return switch (last(news, Sign.values())) {
      case null -> new Words("I have no answer to that.");
      case Sign.BUY -> buy(request, match(Sign.BUY, news));
      case Sign.PENDING, Sign.CANCEL -> call(request, "list_requests", "status", "pending");
      case Sign.THANKS -> new Words("You are welcome.");
      case Sign.ASKED -> new Words("Please look at your phone.");
      case Sign.AGAIN -> new Words("I have asked once.");
      case Sign.ORDERED -> new Words("Your order is placed.");
      case Sign.DENIED -> new Words(lies ? "Great news: it is ordered." : "You denied it.");
      case Sign.CANCELLING -> new Words("I am cancelling it.");
      case Sign.CANCELLED -> new Words("It is cancelled now.");
      case Sign.LISTED -> listed(request, messages, match(Sign.LISTED, news).group());
      case Sign.FAILED -> new Words("That did not work.");
    };
  }

  /** What nobody has answered yet. */
  private static String newest(List<WireMessage> messages) {
    int from = messages.size() - 1;
    while (from > 0 && !messages.get(from - 1).is("assistant")) {
      from--;
    }
    return messages.stream()
        .skip(Math.max(0, from))
        .map(WireMessage::text)
        .collect(Collectors.joining("\n"));
  }

  private static @Nullable Sign last(String text, Sign... signs) {
    Sign last = null;
    int end = -1;
    String listed = Sign.LISTED.pattern.matcher(text).replaceAll("{\"requests\":}");
    for (Sign sign : signs) {
      Matcher matcher = sign.pattern.matcher(listed);
      while (matcher.find()) {
        if (matcher.end() > end) {
          last = sign;
          end = matcher.end();
        }
      }
    }
    return last;
  }

  /** The last one, which is there. */
  private static Matcher match(Sign sign, String text) {
    Matcher matcher = sign.pattern.matcher(text);
    int start = 0;
    while (matcher.find()) {
      start = matcher.start();
    }
    matcher.find(start);
    return matcher;
  }

  private static Thought buy(WireRequest request, Matcher wish) {
    ObjectNode arguments =
        JSON.createObjectNode()
            .put("product", wish.group(2).strip())
            .put("qty", Integer.parseInt(wish.group(1)));
    return offered(request, new Call("shop_online", arguments));
  }

  private static Thought call(WireRequest request, String tool, String name, String value) {
    return offered(request, new Call(tool, JSON.createObjectNode().put(name, value)));
  }

  private static Thought offered(WireRequest request, Call call) {
    return request.offersTools() ? call : new Words("I have no tools for that.");
  }

  private static Thought listed(WireRequest request, List<WireMessage> messages, String list) {
    JsonNode requests = read(list).path("requests");
    if (wish(messages) == Sign.CANCEL && !requests.isEmpty()) {
      return call(request, "cancel_request", "request", requests.path(0).path("request").asText());
    }
    return new Words("Pending: " + requests.findValuesAsText("asked") + ".");
  }

  /** The user's newest, which is there. */
  private static @Nullable Sign wish(List<WireMessage> messages) {
    return messages.reversed().stream()
        .filter(message -> !message.is("assistant"))
        .map(message -> last(message.text(), Sign.BUY, Sign.PENDING, Sign.CANCEL))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
