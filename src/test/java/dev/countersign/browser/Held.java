package dev.countersign.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.concurrent.CompletableFuture;

/** An answer of the server that is under way for as long as a test wants. */
final class Held {
  private final Page page;
  private final CompletableFuture<Runnable> answer = new CompletableFuture<>();

  private Held(Page page) {
    this.page = page;
  }

  /**
   * Holds the answer to the next such request.
   *
   * @param url a glob pattern
   */
  static Held next(Page page, String url, String method) {
    Held held = new Held(page);
    page.route(url, route -> held.pass(route, method));
    return held;
  }

  /** Waits until the server has answered, which the page doesn't know. */
  Held await() {
    page.waitForCondition(answer::isDone);
    return this;
  }

  /** The page gets the answer. */
  void letGo() {
    await().answer.join().run();
  }

  private void pass(Route route, String method) {
    if (answer.isDone() || !route.request().method().equals(method)) {
      route.fallback();
      return;
    }
    APIResponse given = route.fetch();
    answer.complete(() -> route.fulfill(new Route.FulfillOptions().setResponse(given)));
  }
}
