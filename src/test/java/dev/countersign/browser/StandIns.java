package dev.countersign.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers of the server that no test can wait for, in place of its own. */
final class StandIns {
  private static final Map<String, String> URLS =
      Map.of(
          "model", "null",
          "tenant", "\"http://localhost:9000/phone\"",
          "shop", "\"http://localhost:9001/api/orders\"",
          "temporal", "\"http://localhost:8233/namespaces/default/workflows\"");

  private static final String PENDING =
      conversation(
          "b",
          "What is pending, and what have I asked for since the beginning of…",
          "Nothing is pending.",
          0,
          "Two garden chairs and a table for the garden were asked for last week.");

  private static final String CHAIRS =
      conversation("d", "Buy 2 garden chairs", "You denied the request.", 4, null);

  private static final List<String> ALL =
      List.of(
          conversation("a", "A present for Ada", "Your order of 1 telescope is placed.", 0, null),
          PENDING,
          conversation("c", "كرسيان للحديقة", "طلبك: كرسيان.", 1, null),
          CHAIRS,
          conversation("e", "Headphones", "No approval arrived in time.", 45, null));

  private StandIns() {}

  /** As when these services are embedded. */
  static void showDevelopmentServices(Page page, String... services) {
    String embedded =
        Stream.of(services)
            .map(service -> "{\"service\":\"%s\",\"url\":%s}".formatted(service, URLS.get(service)))
            .collect(Collectors.joining(",", "\"embedded\":[", "]"));
    page.route("**/api/session", route -> change(route, "\"embedded\":\\[.*?]", embedded));
  }

  /** A user whose name is this one. */
  static void callTheUser(Page page, String name) {
    page.route(
        "**/api/session",
        route -> change(route, "\"name\":\"[^\"]*\"", "\"name\":\"" + name + "\""));
  }

  private static void change(Route route, String regex, String replacement) {
    APIResponse answer = route.fetch();
    route.fulfill(
        new Route.FulfillOptions()
            .setResponse(answer)
            .setBody(answer.text().replaceFirst(regex, replacement)));
  }

  /** A list of conversations of many days. */
  static void showOldConversations(Page page) {
    page.route(
        url -> url.matches(".*/api/chat(\\?.*)?"),
        route -> {
          boolean isSearch = route.request().url().contains("search=");
          List<String> listed = isSearch ? List.of(PENDING, CHAIRS) : ALL;
          route.fulfill(
              new Route.FulfillOptions()
                  .setContentType("application/json")
                  .setBody(
                      "{\"conversations\":[" + String.join(",", listed) + "],\"cursor\":null}"));
        });
  }

  private static String conversation(
      String id, String title, String said, int daysAgo, @Nullable String found) {
    Instant at = Instant.now().minus(Duration.ofDays(daysAgo));
    return """
    {"conversationId":"c-%s","title":"%s","startedAt":"%s","found":%s,
      "lastMessage":{"id":2,"role":"assistant","text":"%s","at":"%s","callId":null}}
    """
        .formatted(id, title, at, found == null ? "null" : "\"" + found + "\"", said, at);
  }
}
