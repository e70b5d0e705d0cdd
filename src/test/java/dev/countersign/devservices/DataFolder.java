package dev.countersign.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the services keep what outlives a restart. */
final class DataFolder {
  private DataFolder() {}

  /**
   * Makes it.
   *
   * @throws IllegalStateException if nothing can be kept there; the message says what to do
   */
  static void requireWritable(Path data) {
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "writable", null));
    } catch (IOException e) {
      throw new IllegalStateException(
          "The development services can't keep their data in %s (%s). Make it a directory that this user may write, or move it away."
              .formatted(data.toAbsolutePath(), e),
          e);
    }
  }
}
