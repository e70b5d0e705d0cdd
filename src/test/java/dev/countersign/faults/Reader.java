package dev.countersign.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.e2e.Api;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Said;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads through the API how things stand, at whichever application answers. */
final class Reader {
  private static final List<String> USERS = List.of("alice", "bob");
  private final World world;

  Reader(World world) {
    this.world = world;
  }

  /** All purchases of all users; empty: no application could tell. */
  Optional<List<Bought>> purchases() {
    List<Bought> all = new ArrayList<>();
    for (String user : USERS) {
      Optional<List<JsonNode>> own = anywhere(app -> pages(app.as(user)));
      if (own.isEmpty()) {
        return Optional.empty();
      }
      own.get().forEach(purchase -> all.add(bought(user, purchase)));
    }
    return Optional.of(all);
  }

  /** The news in these conversations; empty: no application could tell. */
  Optional<List<Said>> news(String user, Set<String> conversations) {
    List<Said> all = new ArrayList<>();
    for (String conversation : conversations) {
      Optional<List<JsonNode>> messages =
          anywhere(app -> {
            Api.Answer answer = app.as(user).get("/api/chat/" + conversation);
            return answer.status() == 200
                ? Optional.of(Api.elements(answer.body().path("messages")).toList())
                : Optional.empty();
          });
      if (messages.isEmpty()) {
        return Optional.empty();
      }
      messages.get().stream()
          .filter(message -> message.path("role").asText().equals("assistant"))
          .map(message ->
              new Said(
                  conversation,
                  message.path("callId").asText(""),
                  message.path("text").asText(),
                  Instant.parse(message.path("at").asText())))
          .forEach(all::add);
    }
    return Optional.of(all);
  }

  private interface Question<T> {
    Optional<T> ask(Replica app);
  }

  private <T> Optional<T> anywhere(Question<T> question) {
    for (Replica app : world.apps) {
      try {
        Optional<T> answer = question.ask(app);
        if (answer.isPresent()) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // the next one
      }
    }
    return Optional.empty();
  }

  private static Optional<List<JsonNode>> pages(Api user) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      Api.Answer page = user.get("/api/purchases" + cursor);
      if (page.status() != 200) {
        return Optional.empty();
      }
      Api.elements(page.body().path("purchases")).forEach(all::add);
      JsonNode next = page.body().path("cursor");
      cursor = next.isTextual() ? "?cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    return Optional.of(all);
  }

  private static Bought bought(String user, JsonNode purchase) {
    JsonNode limit = purchase.path("priceLimit");
    return new Bought(
        purchase.path("id").asText(),
        user,
        purchase.path("conversationId").isTextual()
            ? purchase.path("conversationId").asText()
            : null,
        purchase.path("product").asText(),
        purchase.path("qty").asInt(),
        limit.isNumber() ? limit.decimalValue() : null,
        purchase.path("status").asText(),
        purchase.path("reason").asText(""),
        purchase.path("code").asText(""),
        purchase.path("bindingMessage").asText(""));
  }
}
