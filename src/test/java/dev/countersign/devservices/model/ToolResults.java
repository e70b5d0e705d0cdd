package dev.countersign.devservices.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tool calls of a transcript were about, and what they returned. */
final class ToolResults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTED = "Approval requested";
  private static final Pattern CANCELLED = Pattern.compile("Cancell(?:ing|ed) \"(.*)\": ");

  private ToolResults() {}

  /**
   * A tool call and its result.
   *
   * @param about what it was about, such as {@code 2 headphones}
   */
  record Result(String tool, String about, String text) {

    boolean isRequested() {
      return text.startsWith(REQUESTED);
    }

    String inWords() {
      if (tool.equals(Transfer.TOOL)) {
        return transferred();
      }
      if (!tool.equals("shop_online")) {
        return tool.equals("cancel_request") ? cancelled() : toTheUser();
      }
      if (isRequested()) {
        return "Nothing is ordered before you approve.";
      }
      if (text.equals("The user has denied the request")) {
        return "You denied the purchase of " + about + ": nothing was ordered.";
      }
      if (text.startsWith("It was cancelled")) {
        return "You cancelled the purchase of " + about + ": nothing was ordered." + phoneMayAsk();
      }
      if (text.matches("Created|OK|Accepted|Ordered .*")) {
        return "Your order of " + about + " is placed: " + text + ".";
      }
      if (text.startsWith("Order ")) {
        return "Your order of " + about + " is placed: o" + text.substring(1) + ".";
      }
      return "About " + about + ": " + toTheUser();
    }

    /** The first line: what follows it tells the model what to do. */
    private String toTheUser() {
      return text.lines().findFirst().orElse("");
    }

    private String cancelled() {
      Matcher done = CANCELLED.matcher(text);
      return done.lookingAt()
          ? "I have taken back \"" + done.group(1) + "\": nothing is done." + phoneMayAsk()
          : toTheUser();
    }

    private String phoneMayAsk() {
      return text.contains("phone still asks")
          ? " If your phone still asks, an answer there changes nothing."
          : "";
    }

    private String transferred() {
      if (isRequested()) {
        return "Nothing is transferred before you approve.";
      }
      return text.startsWith("Transferred ")
          ? "It is done: " + text + "."
          : "About the transfer of " + about + ": " + toTheUser();
    }
  }

  /** The results at the end of the transcript. */
  static List<Result> newest(List<ChatMessage> messages) {
    int from = messages.size();
    while (from > 0 && isResult(messages.get(from - 1))) {
      from--;
    }
    return results(messages, from);
  }

  private static boolean isResult(ChatMessage message) {
    return message instanceof ToolExecutionResultMessage || ToldOutcome.in(message).isPresent();
  }

  /** What the user said last; nothing: what is at the end is news that nobody asked for. */
  static Optional<Question> question(List<ChatMessage> messages) {
    return before(messages).size() < messages.size()
            && messages.get(before(messages).size()) instanceof UserMessage user
        ? Optional.of(new Question(user.singleText()))
        : Optional.empty();
  }

  /** All that was there when the user spoke last. */
  static List<ChatMessage> before(List<ChatMessage> messages) {
    int last = messages.size() - 1;
    while (last >= 0 && !ToldOutcome.isQuestion(messages.get(last))) {
      last--;
    }
    return messages.subList(0, Math.max(last, 0));
  }

  /** The assistant's last words; empty: none. */
  static String saidLast(List<ChatMessage> messages) {
    for (ChatMessage message : messages.reversed()) {
      if (message instanceof AiMessage ai && ai.text() != null) {
        return ai.text();
      }
    }
    return "";
  }

  /** The purchases that were asked for and of which no outcome was told. */
  static List<String> waiting(List<ChatMessage> messages) {
    List<String> waiting = new ArrayList<>();
    for (Result result : results(messages, 0)) {
      if (!result.tool().equals("shop_online")) {
        continue;
      }
      if (result.isRequested()) {
        waiting.add(result.about());
      } else {
        waiting.remove(result.about());
      }
    }
    return waiting;
  }

  static String arguments(Wish wish) {
    ObjectNode arguments =
        JSON.createObjectNode().put("product", wish.product()).put("qty", wish.qty());
    if (wish.priceLimit() != null) {
      arguments.put("priceLimit", wish.priceLimit());
    }
    return arguments.toString();
  }

  private static List<Result> results(List<ChatMessage> messages, int from) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof AiMessage ai) {
        calls.addAll(ai.toolExecutionRequests());
      }
      if (i >= from) {
        ToldOutcome.in(messages.get(i))
            .ifPresent(told -> {
              ToolExecutionRequest call =
                  ToolExecutionRequest.builder()
                      .name(told.tool())
                      .arguments(told.arguments())
                      .build();
              results.add(new Result(call.name(), about(call), told.result()));
            });
      }
      if (i >= from && messages.get(i) instanceof ToolExecutionResultMessage result) {
        ToolExecutionRequest call = call(calls, result.id());
        results.add(new Result(call.name(), about(call), result.text()));
      }
    }
    return results;
  }

  private static ToolExecutionRequest call(List<ToolExecutionRequest> calls, String id) {
    for (ToolExecutionRequest call : calls) {
      if (call.id().equals(id)) {
        return call;
      }
    }
    throw new IllegalArgumentException("The transcript has a result without a call: " + id);
  }

  private static String about(ToolExecutionRequest call) {
    try {
      JsonNode arguments = JSON.readTree(call.arguments());
      return call.name().equals(Transfer.TOOL)
          ? arguments.path("amount").asText("?")
              + " EUR to "
              + arguments.path("recipient").asText("?")
          : arguments.path("qty").asText("?") + " " + arguments.path("product").asText("?");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The transcript has a call that is no JSON", e);
    }
  }
}
