package dev.countersign.devservices.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values of one type as JSON files of one directory. A file is written beside its place and then
 * moved there, so that a process killed at any moment leaves the old file or the new one; only its
 * owner can read it (mode 0600, where the file system has modes).
 *
 * @param <T> a type that Jackson reads and writes
 */
public final class JsonFiles<T> {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final @Nullable Path directory;
  private final Class<T> type;

  /**
   * @param directory is made if it isn't there; null: nothing is kept
   */
  public JsonFiles(@Nullable Path directory, Class<T> type) {
    this.directory = directory;
    this.type = type;
    try {
      if (directory != null) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the file is in its place. */
  public void save(String name, T value) {
    if (directory == null) {
      return;
    }
    try {
      Path written = Files.createTempFile(directory, name, ".tmp"); // born with mode 0600
      Files.write(written, JSON.writeValueAsBytes(value));
      Files.move(written, file(directory, name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every value that was saved, in no particular order. */
  public List<T> all() {
    if (directory == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> JSON.readValue(file.toFile(), type))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets a value; does nothing if it isn't there. */
  public void delete(String name) {
    try {
      if (directory != null) {
        Files.deleteIfExists(file(directory, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path directory, String name) {
    return directory.resolve(name + ".json");
  }
}
