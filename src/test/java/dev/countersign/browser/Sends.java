package dev.countersign.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Stands between a page and the server where messages are sent: hears their keys, and meddles. */
final class Sends {
  private final List<String> keys = new ArrayList<>();
  private final Deque<Consumer<Route>> meddling = new ArrayDeque<>();

  private Sends() {}

  static Sends of(Page page) {
    Sends sends = new Sends();
    page.route("**/api/chat", sends::pass);
    return sends;
  }

  /** Each message's {@code Idempotency-Key}, as often as it was sent. */
  List<String> keys() {
    return keys;
  }

  /** Answers the next message in the server's place, which never gets it. */
  Sends answerNext(int status, String detail) {
    return meddleNext(route -> answer(route, status, detail));
  }

  /** Does something else with the next message that isn't meddled with yet. */
  Sends meddleNext(Consumer<Route> how) {
    meddling.add(how);
    return this;
  }

  static void answer(Route route, int status, String detail) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(status)
            .setContentType("application/problem+json")
            .setBody("{\"status\": %d, \"detail\": \"%s\"}".formatted(status, detail)));
  }

  private void pass(Route route) {
    if (!route.request().method().equals("POST")) {
      route.fallback();
      return;
    }
    keys.add(route.request().headers().get("idempotency-key"));
    Consumer<Route> next = meddling.poll();
    if (next == null) {
      route.fallback();
    } else {
      next.accept(route);
    }
  }
}
