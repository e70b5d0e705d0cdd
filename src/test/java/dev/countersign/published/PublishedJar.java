package dev.countersign.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** A jar of this build. */
public record PublishedJar(Path file) {
  private static final String NAME =
      System.getProperty("published.name", "countersign-0.1.0-SNAPSHOT");

  static PublishedJar library() {
    return new PublishedJar(Path.of("target", NAME + ".jar"));
  }

  /** The one of a classifier, such as {@code exec}. */
  public static PublishedJar classified(String classifier) {
    return new PublishedJar(Path.of("target", NAME + "-" + classifier + ".jar"));
  }

  /** The names of the files in it. */
  List<String> names() {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] read(String name) {
    try (JarFile jar = new JarFile(file.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
