package dev.countersign.published;

import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.JavaProcess;
import dev.countersign.e2e.Product;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * How long a start takes until readiness is UP, from the image's layout with its cache and without,
 * and from the one jar, beside a Temporal server and an identity tenant that run already: {@code
 * ./mvnw package -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false failsafe:integration-test
 * -Dit.test=StartMeasurement}. {@code -Dstarts=7} says how many of each, 5 if not; the first one is
 * not counted. It runs only when it is named.
 */
class StartMeasurement {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final int starts = Integer.getInteger("starts", 5);

  private record Start(double seconds, double processorSeconds, double mebibytes) {}

  /** Writes the medians, a line for each way. */
  @Test
  void startsUntilReady() throws InterruptedException {
    ImageLayout image = ImageLayout.in(Path.of("target", "image-start"));
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put("image, with its cache", image.command());
    ways.put("image, without", image.command("-XX:AOTMode=off"));
    ways.put("the one jar", image.commandOfJar(PublishedJar.classified("exec").file()));
    Map<String, List<Start>> measured = new LinkedHashMap<>();
    try (Product product = new Product()) {
      for (int round = 0; round <= starts; round++) {
        for (Map.Entry<String, List<String>> way : ways.entrySet()) {
          Start start = start(product, way.getValue());
          if (round > 0) {
            measured.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(start);
          }
        }
      }
    }
    System.out.println(
        "| from | until ready, s | of processors, s | resident, MiB |\n|---|---|---|---|");
    measured.forEach((way, all) ->
        System.out.printf(
            "| %s | %.2f | %.2f | %.0f |%n",
            way,
            median(all, Start::seconds),
            median(all, Start::processorSeconds),
            median(all, Start::mebibytes)));
  }

  private static Start start(Product product, List<String> command) throws InterruptedException {
    long begin = System.nanoTime();
    try (AppProcess app =
        AppProcess.launch(
            product, "start", Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"), command)) {
      while (!isReady(app)) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new AssertionError("It isn't ready: see target/e2e/start.log");
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      JavaProcess usage = app.usage();
      return new Start(seconds, usage.cpu().toMillis() / 1e3, usage.residentBytes() / 1048576.0);
    }
  }

  private static boolean isReady(AppProcess app) {
    try {
      return app.management().get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static double median(List<Start> all, ToDoubleFunction<Start> what) {
    return all.stream().mapToDouble(what).sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }
}
