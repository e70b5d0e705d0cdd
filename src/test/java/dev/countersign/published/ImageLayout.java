package dev.countersign.published;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The packed application, laid out as {@code Dockerfile} lays it out for the image.
 *
 * @param folder what is {@code /app} in the image
 */
record ImageLayout(Path folder) {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Pattern HEALTH = Pattern.compile("(?m)^HEALTHCHECK .*\\\\\n +CMD (.+)$");

  static ImageLayout in(Path folder) {
    Path layers = folder.resolve("layers");
    Path app = folder.resolve("app");
    try {
      FileSystemUtils.deleteRecursively(folder);
      Files.createDirectories(app);
      Path jar = PublishedJar.classified("exec").file().toAbsolutePath();
      run(
          List.of(
              JAVA.toString(),
              "-Djarmode=tools",
              "-jar",
              jar.toString(),
              "extract",
              "--layers",
              "--destination",
              layers.toString()));
      for (String layer :
          List.of("dependencies", "spring-boot-loader", "snapshot-dependencies", "application")) {
        if (Files.isDirectory(layers.resolve(layer))) {
          FileSystemUtils.copyRecursively(layers.resolve(layer), app);
        }
      }
      Files.move(app.resolve(jar.getFileName()), app.resolve("countersign.jar"));
      return new ImageLayout(app);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that starts it, with more options of the JVM. */
  List<String> command(String... options) {
    return Stream.of(
            Stream.of(JAVA.toString()),
            Stream.of(options),
            Stream.of("-jar", folder.resolve("countersign.jar").toAbsolutePath().toString()))
        .flatMap(part -> part)
        .toList();
  }

  /** Every file in it. */
  List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the image's health check succeeds; false: it fails. */
  static boolean isHealthy(int managementPort) {
    try {
      Matcher check = HEALTH.matcher(Files.readString(Path.of("Dockerfile")));
      if (!check.find()) {
        throw new IllegalStateException("Dockerfile has no health check");
      }
      ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", check.group(1));
      shell.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
      return shell.redirectErrorStream(true).start().onExit().join().exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(output);
    }
  }
}
