package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The tool that an earlier run fetched. It appears in one move, so it is always whole. */
record CachedBinary(Path directory) implements BinarySource {
  @Override
  public Result look() {
    return Files.isExecutable(binary())
        ? new Result.Found(binary(), "the one fetched earlier")
        : new Result.Missing("none fetched earlier");
  }

  /** Fills a directory beside the final place; it is deleted afterwards. */
  <T> T workIn(Work<T> work) throws IOException {
    Files.createDirectories(directory);
    Path temporary = Files.createTempDirectory(directory, "fetch");
    try {
      return work.in(temporary);
    } finally {
      delete(temporary);
    }
  }

  /** Makes a fetched file the cached tool. */
  Path keep(Path fetched) throws IOException {
    if (!fetched.toFile().setExecutable(true)) {
      throw new IOException(fetched + " can't be made executable");
    }
    return Files.move(fetched, binary(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path binary() {
    return directory.resolve("temporal");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What is done in the temporary directory. */
  @FunctionalInterface
  interface Work<T> {
    T in(Path directory) throws IOException;
  }
}
