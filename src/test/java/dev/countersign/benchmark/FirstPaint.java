package dev.countersign.benchmark;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.countersign.browser.ChatPage;
import dev.countersign.browser.Chromium;
import dev.countersign.browser.SignIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The page in a browser that has never seen it: how long until it shows something, and what it
 * fetches. Each load has a context of its own, whose cache is empty.
 */
final class FirstPaint implements Measurement {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the browser has noted itself; sizes are bytes, the paint is milliseconds. */
  private static final String NOTED =
      """
      () => new Promise(resolve => new PerformanceObserver(list => {
        const paint = list.getEntriesByName('first-contentful-paint')[0];
        if (!paint) {
          return;
        }
        const fetched = performance.getEntriesByType('resource');
        const kind = ending => {
          const files = fetched.filter(one => new URL(one.name).pathname.endsWith(ending));
          const sum = member => files.reduce((all, one) => all + one[member], 0);
          return {
            transferred: sum('transferSize'),
            decoded: sum('decodedBodySize'),
            cached: files.filter(one => one.transferSize === 0).length
          };
        };
        resolve(JSON.stringify({
          paint: paint.startTime,
          requests: 1 + fetched.length,
          script: kind('.js'),
          style: kind('.css')
        }));
      }).observe({type: 'paint', buffered: true}))
      """;

  /** A page, and how it is seen that it is there. */
  private record View(String name, @Nullable String session, Consumer<Page> shown) {}

  /**
   * A network between the browser and the application.
   *
   * @param latency of a request
   * @param bitsPerSecond to the browser; 0: as fast as can be
   */
  private record Network(String name, Duration latency, int bitsPerSecond) {
    void between(Page page) {
      if (bitsPerSecond == 0) {
        return;
      }
      JsonObject conditions = new JsonObject();
      conditions.addProperty("offline", false);
      conditions.addProperty("latency", latency.toMillis());
      conditions.addProperty("downloadThroughput", bitsPerSecond / 8);
      conditions.addProperty("uploadThroughput", bitsPerSecond / 16);
      CDPSession devTools = page.context().newCDPSession(page);
      devTools.send("Network.enable");
      devTools.send("Network.emulateNetworkConditions", conditions);
    }
  }

  private static final Network NEAR = new Network("this machine", Duration.ZERO, 0);

  /** As Lighthouse has "slow 4G". */
  private static final Network FAR = new Network("slow 4G", Duration.ofMillis(150), 1_600_000);

  @Override
  public String name() {
    return "page";
  }

  @Override
  public Result measure(Form form) throws Exception {
    try (Stage stage =
            Stage.start(
                Stage.product(Duration.ofSeconds(5)),
                1,
                Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")); // nobody talks here
        Chromium chromium = Chromium.start()) {
      String base = stage.apps.getFirst().base();
      Browser browser = chromium.browser();
      List<View> views =
          List.of(
              new View(
                  "welcome, signed out",
                  null,
                  page -> assertThat(new SignIn(page).link()).isVisible()),
              new View(
                  "chat, signed in", session(browser, base), page -> new ChatPage(page).shown()));
      List<List<String>> rows = new ArrayList<>();
      List<Double> near = new ArrayList<>();
      List<Double> far = new ArrayList<>();
      for (View view : views) {
        List<JsonNode> nearby = loads(browser, base, view, NEAR, form.loads());
        List<JsonNode> distant = loads(browser, base, view, FAR, form.loads());
        near.add(paint(nearby).median());
        far.add(paint(distant).median());
        rows.add(row(view, nearby, distant));
      }
      Table table =
          new Table(
              "page",
              List.of(
                  "page",
                  "this machine: median, ms",
                  "this machine: 95 %, ms",
                  "slow 4G: median, ms",
                  "slow 4G: 95 %, ms",
                  "requests",
                  "script: KiB transferred",
                  "script: KiB decoded",
                  "style: KiB transferred",
                  "style: KiB decoded"),
              rows);
      Plot plot =
          new Plot(
              "page",
              "First contentful paint",
              "ms",
              views.stream().map(View::name).toList(),
              List.of(new Plot.Series(NEAR.name(), near), new Plot.Series(FAR.name(), far)));
      return new Result(List.of(table), List.of(plot));
    }
  }

  private static List<String> row(View view, List<JsonNode> near, List<JsonNode> far) {
    JsonNode last = near.getLast();
    return List.of(
        view.name(),
        Table.whole(paint(near).median()),
        Table.whole(paint(near).p95()),
        Table.whole(paint(far).median()),
        Table.whole(paint(far).p95()),
        last.path("requests").asText(),
        kibibytes(last.at("/script/transferred")),
        kibibytes(last.at("/script/decoded")),
        kibibytes(last.at("/style/transferred")),
        kibibytes(last.at("/style/decoded")));
  }

  private static String kibibytes(JsonNode bytes) {
    return Table.tenths(bytes.asLong() / 1024.0);
  }

  private static Quantiles paint(List<JsonNode> loads) {
    return Quantiles.of(loads.stream().map(load -> load.path("paint").asDouble()).toList());
  }

  /** The cookies of a user who is signed in. */
  private static String session(Browser browser, String base) {
    try (BrowserContext context = browser.newContext()) {
      SignIn.at(context.newPage(), base).as("alice");
      return context.storageState();
    }
  }

  private static List<JsonNode> loads(
      Browser browser, String base, View view, Network network, int times) {
    List<JsonNode> loads = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      loads.add(load(browser, base, view, network));
    }
    return loads;
  }

  private static JsonNode load(Browser browser, String base, View view, Network network) {
    Browser.NewContextOptions options = new Browser.NewContextOptions();
    if (view.session() != null) {
      options.setStorageState(view.session());
    }
    try (BrowserContext context = browser.newContext(options)) {
      List<String> failed = new ArrayList<>();
      context.onResponse(response -> {
        if (response.status() >= 400) {
          failed.add(response.status() + " " + response.url());
        }
      });
      Page page = context.newPage();
      network.between(page);
      page.navigate(base + "/");
      view.shown().accept(page);
      JsonNode noted = JSON.readTree((String) page.evaluate(NOTED));
      boolean isCold =
          noted.at("/script/cached").asInt() == 0 && noted.at("/style/cached").asInt() == 0;
      boolean isFar = noted.path("paint").asDouble() >= network.latency().toMillis();
      if (!failed.isEmpty() || !isCold || !isFar) {
        throw new IllegalStateException(
            "%s, %s: %s; failed: %s".formatted(view.name(), network.name(), noted, failed));
      }
      return noted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
