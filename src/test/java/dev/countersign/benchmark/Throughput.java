package dev.countersign.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many purchases a second are ordered when everything is approved at once, beside what
 * Temporal's server does of a bare workflow in the same run.
 */
final class Throughput implements Measurement {
  private static final String SERVER = "Temporal";

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public Result measure(Form form) throws Exception {
    List<Race> races = new ArrayList<>();
    for (int processes : form.processes()) {
      try (Stage stage = Stage.start(Stage.product(Duration.ofSeconds(1)), processes, Map.of())) {
        races.add(
            Race.run(
                Race.processes(processes),
                stage,
                stage.product.temporal.target(),
                List.of(new Party(SERVER, () -> stage.server().cpu())),
                form));
      }
    }
    return Race.result("throughput", "Everything approved at once", List.of(SERVER), races);
  }
}
