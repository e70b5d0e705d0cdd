package dev.countersign.benchmark;

import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.JavaProcess;
import dev.countersign.e2e.Product;
import dev.countersign.published.ImageLayout;
import dev.countersign.published.PublishedJar;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long a start takes until readiness is UP, from the image's layout with its cache and without,
 * and from the one jar, beside a Temporal server and an identity tenant that run already. It needs
 * the jars that {@code package} makes.
 */
final class Start implements Measurement {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private record Started(double seconds, double processorSeconds, double mebibytes) {}

  @Override
  public String name() {
    return "start";
  }

  @Override
  public Result measure(Form form) throws Exception {
    ImageLayout image = ImageLayout.in(Path.of("target", "image-start"));
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put("image, with its cache", image.command("-XX:AOTMode=on")); // else it doesn't start
    ways.put("image, without", image.command("-XX:AOTMode=off"));
    ways.put("the one jar", image.commandOfJar(PublishedJar.classified("exec").file()));
    Map<String, List<Started>> measured = new LinkedHashMap<>();
    try (Product product = new Product()) {
      for (int round = 0; round <= form.starts(); round++) {
        for (Map.Entry<String, List<String>> way : ways.entrySet()) {
          Started started = start(product, way.getValue());
          if (round > 0) { // the first one warms up the machine's caches
            measured.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(started);
          }
        }
      }
    }
    List<List<String>> rows = new ArrayList<>();
    measured.forEach((way, all) ->
        rows.add(
            List.of(
                way,
                Table.tenths(median(all, Started::seconds)),
                Table.tenths(median(all, Started::processorSeconds)),
                Table.whole(median(all, Started::mebibytes)))));
    Table table =
        new Table(
            "start",
            List.of("from", "until ready, s", "processors' time, s", "resident, MiB"),
            rows);
    Plot plot =
        new Plot(
            "start",
            "From the launch until readiness is UP",
            "s",
            List.copyOf(measured.keySet()),
            List.of(
                new Plot.Series("until ready", medians(measured, Started::seconds)),
                new Plot.Series("processors' time", medians(measured, Started::processorSeconds))));
    return new Result(List.of(table), List.of(plot));
  }

  private static Started start(Product product, List<String> command) throws InterruptedException {
    long begin = System.nanoTime();
    try (AppProcess app =
        AppProcess.launch(
            product, "start", Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"), command)) {
      while (!isReady(app)) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new IllegalStateException("It isn't ready: see target/e2e/start.log");
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      JavaProcess usage = app.usage();
      return new Started(seconds, usage.cpu().toMillis() / 1e3, usage.residentBytes() / 1048576.0);
    }
  }

  private static boolean isReady(AppProcess app) {
    try {
      return app.management().get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static List<Double> medians(
      Map<String, List<Started>> measured, ToDoubleFunction<Started> what) {
    return measured.values().stream().map(all -> median(all, what)).toList();
  }

  private static double median(List<Started> all, ToDoubleFunction<Started> what) {
    return Quantiles.of(all.stream().mapToDouble(what).boxed().toList()).median();
  }
}
