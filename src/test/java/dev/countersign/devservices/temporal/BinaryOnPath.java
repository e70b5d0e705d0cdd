package dev.countersign.devservices.temporal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tool that the user has installed. */
record BinaryOnPath(Machine machine) implements BinarySource {
  @Override
  public Result look() {
    String path = machine.variable("PATH");
    if (path != null) {
      for (String directory : path.split(File.pathSeparator, -1)) {
        Path binary = Path.of(directory).resolve("temporal");
        if (!directory.isEmpty() && Files.isRegularFile(binary) && Files.isExecutable(binary)) {
          return new Result.Found(binary, "the one on PATH");
        }
      }
    }
    return new Result.Missing("no temporal on PATH");
  }
}
