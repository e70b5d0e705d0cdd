package dev.countersign.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation that only the page hears of, told in the server's place, so that every state of a
 * call can be looked at without living through it. Each thing that is said or asked comes ten
 * seconds after the one before; the last a minute ago.
 */
final class ToldConversation {
  private static final String ID = "told";
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Map<String, @Nullable Object>> messages = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> calls = new ArrayList<>();
  private Instant now;

  /** Nothing is said yet. */
  ToldConversation() {
    this(Instant.now().minusSeconds(900));
  }

  /** One that begins at an instant. */
  ToldConversation(Instant begin) {
    now = begin;
  }

  /** The user says something, and the assistant answers. */
  ToldConversation turn(String question, String answer) {
    say("user", question, null);
    return say("assistant", answer, null);
  }

  /** The assistant tells news of a call. */
  ToldConversation news(String callId, String text) {
    return say("assistant", text, callId);
  }

  private ToldConversation say(String role, String text, @Nullable String callId) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("id", messages.size() + 1);
    message.put("role", role);
    message.put("text", text);
    message.put("at", step().toString());
    message.put("callId", callId);
    messages.add(message);
    return this;
  }

  /** A call as {@link CallStories} tells it, of the turn before. */
  ToldConversation call(UnaryOperator<ToldCall> story) {
    calls.add(story.apply(new ToldCall(step())).fields());
    return this;
  }

  private Instant step() {
    now = now.plus(STEP);
    return now;
  }

  /** Opens it in a page whose user is signed in. */
  ChatPage open(Page page, String base) {
    page.route("**/api/chat/" + ID, this::fulfil);
    page.route("**/api/chat/" + ID + "/events", _ -> {}); // nothing more happens
    page.navigate(base + "/#" + ID);
    return new ChatPage(page).shown();
  }

  /** From now on all of its calls go on, and the list of these says this of each. */
  void tellOpen(Page page, UnaryOperator<ToldCall> change) {
    List<Map<String, @Nullable Object>> open =
        calls.stream()
            .map(call -> change.apply(new ToldCall(new LinkedHashMap<>(call), now)).fields())
            .toList();
    String body = JSON.writeValueAsString(Map.of("calls", open, "waiting", 0, "more", false));
    page.route(
        "**/api/approvals/open",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body)));
  }

  private String body() {
    return JSON.writeValueAsString(
        Map.of("conversationId", ID, "messages", messages, "calls", calls));
  }

  private void fulfil(Route route) {
    route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(body()));
  }

  /**
   * A call as the API shows it.
   *
   * @param fields by their names there
   */
  record ToldCall(Map<String, @Nullable Object> fields, Instant asked) {
    ToldCall(Instant asked) {
      this(new LinkedHashMap<>(), asked);
      fields.put("conversationId", ID);
      fields.put("requestedAt", asked.toString());
      fields.put("unasked", false);
      fields.put("version", 1);
      for (String unknown :
          List.of(
              "expiresAt",
              "decidedAt",
              "doneAt",
              "endedAt",
              "result",
              "reason",
              "code",
              "coveredBy")) {
        fields.put(unknown, null);
      }
    }

    ToldCall with(String field, @Nullable Object value) {
      fields.put(field, value);
      return this;
    }

    /** What is asked. */
    ToldCall of(String id, String tool, String message, Map<String, ?> arguments) {
      return with("id", id)
          .with("tool", tool)
          .with("message", message)
          .with("arguments", arguments);
    }

    /** The phone asks for so long from now on. */
    ToldCall awaiting(Duration left) {
      return with("status", "AWAITING_APPROVAL")
          .with("code", "authorization_pending")
          .with("expiresAt", Instant.now().plus(left).toString());
    }

    /** The user has said yes, and it runs. */
    ToldCall approved() {
      return with("status", "RUNNING")
          .with("code", null)
          .with("expiresAt", asked.plusSeconds(300).toString())
          .with("decidedAt", asked.plusSeconds(2).toString());
    }

    /** An earlier approval covers it. */
    ToldCall covered() {
      return with(
          "coveredBy",
          Map.of(
              "callId",
              "approved-before",
              "approvedAt",
              asked.minusSeconds(120).toString(),
              "expiresAt",
              Instant.now().plusSeconds(600).toString()));
    }

    /** The end. */
    ToldCall ended(String status, @Nullable String code, @Nullable String reason) {
      return with("status", status)
          .with("code", code)
          .with("reason", reason)
          .with("endedAt", asked.plusSeconds(4).toString());
    }

    /** It was done. */
    ToldCall done(@Nullable Object result) {
      return ended("DONE", null, null)
          .with("doneAt", asked.plusSeconds(4).toString())
          .with("result", result);
    }
  }
}
