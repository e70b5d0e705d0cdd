package dev.countersign.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.e2e.Api;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a page of a user's purchases takes, among many that have ended and that go on. */
final class Lists implements Measurement {
  private static final int LOOKS = 300;

  @Override
  public String name() {
    return "lists";
  }

  @Override
  public Result measure(Form form) throws Exception {
    try (Stage stage =
        Stage.start(
            Stage.product(Duration.ofSeconds(5)),
            1,
            Map.of("COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", "7200s"))) {
      int open = form.listed() / 10;
      Stage.all(open, number -> stage.api(number, "alice").buy(1 + number, "gongs"));
      stage.product.tenant.approveAtOnce();
      stage.buy(form.listed(), List.of("alice"));
      stage.awaitOrders(form.listed());
      try (Awaited awaited = new Awaited(stage.product.temporal.target())) {
        await().atMost(Stage.PATIENCE).until(() -> awaited.count() <= open);
      }
      Api alice = stage.api(0, "alice");
      Table table =
          new Table(
              "lists",
              List.of("page of 20", "median, ms", "95 %, ms", "99 %, ms"),
              List.of(
                  row(
                      "the newest of all: those that go on, " + Table.whole(open),
                      looks(alice, "/api/purchases")),
                  row(
                      "those that have ended, " + Table.whole(form.listed()),
                      looks(alice, "/api/purchases?status=ORDERED")),
                  row("the tenth page of them", pages(alice, "/api/purchases?status=ORDERED"))));
      return new Result(List.of(table), List.of());
    }
  }

  private static List<String> row(String name, List<Double> millis) {
    Quantiles found = Quantiles.of(millis);
    return List.of(
        name, Table.whole(found.median()), Table.whole(found.p95()), Table.whole(found.p99()));
  }

  private static List<Double> looks(Api user, String path) {
    List<Double> millis = new ArrayList<>();
    for (int look = 0; look < LOOKS; look++) {
      long start = System.nanoTime();
      user.get(path);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return millis.subList(LOOKS / 3, LOOKS); // the first ones warm up
  }

  private static List<Double> pages(Api user, String path) {
    List<Double> millis = new ArrayList<>();
    for (int look = 0; look < LOOKS / 10; look++) {
      String cursor = null;
      for (int page = 0; page < 10; page++) {
        long start = System.nanoTime();
        JsonNode answer = user.get(path + after(cursor)).body();
        if (page == 9) {
          millis.add((System.nanoTime() - start) / 1e6);
        }
        cursor = answer.path("cursor").asText(null);
      }
    }
    return millis;
  }

  private static String after(@Nullable String cursor) {
    return cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, UTF_8);
  }
}
