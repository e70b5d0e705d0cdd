package dev.countersign.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets a process see another time, by libfaketime. */
final class WrongClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String NAME = "libfaketimeMT.so.1";

  private WrongClock() {}

  /** Whether the library is there. */
  static boolean isThere() {
    return library().isPresent();
  }

  /** Variables for a process whose clock is ahead by so much; none if the library isn't there. */
  static Map<String, String> variables(Duration skew) {
    if (skew.isZero()) {
      return Map.of();
    }
    return library()
        .map(path ->
            Map.of(
                "LD_PRELOAD",
                path.toString(),
                "FAKETIME",
                "%+ds".formatted(skew.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // else a JVM's timed waits, which are monotonic, end at once or late
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"))
        .orElse(Map.of());
  }

  private static Optional<Path> library() {
    try (Stream<Path> folders = Files.list(LIBRARIES)) {
      return folders
          .map(folder -> folder.resolve("faketime").resolve(NAME))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
