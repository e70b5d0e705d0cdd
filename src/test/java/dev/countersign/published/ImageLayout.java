package dev.countersign.published;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The packed application, laid out and trained as {@code Dockerfile} does it for the image.
 *
 * @param folder what is {@code /app} in the image
 */
public record ImageLayout(Path folder) {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path OPTIONS = Path.of("deploy", "image", "java.options");
  private static final String IMAGES = "/app";
  private static final Pattern ENTRY_POINT = Pattern.compile("(?m)^ENTRYPOINT \\[(.+)]$");
  private static final Pattern HEALTH = Pattern.compile("(?m)^HEALTHCHECK .*\\\\\n +CMD (.+)$");

  /** Lays it out in a folder, which is emptied first, and trains it. */
  public static ImageLayout in(Path folder) {
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
      Files.copy(OPTIONS, app.resolve("java.options"));
      ImageLayout image = new ImageLayout(app.toAbsolutePath());
      image.train();
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the image's build does it. */
  private void train() throws IOException {
    run(
        List.of(
            JAVA.toString(),
            "@" + folder.resolve("java.options"),
            "-cp",
            String.join(
                File.pathSeparator,
                Path.of("target", "training").toString(),
                folder.resolve("*").toString(),
                folder.resolve("lib").resolve("*").toString()),
            "dev.countersign.training.Training",
            folder.toString()));
  }

  /** The command that the image runs, with more options of the JVM. */
  public List<String> command(String... options) {
    List<String> command = new ArrayList<>(entryPoint());
    command.set(0, JAVA.toString());
    command.replaceAll(part -> part.replace(IMAGES + "/", folder + "/"));
    command.addAll(command.indexOf("-jar"), List.of(options));
    return command;
  }

  /** The command that starts the one jar, of which the image was made, with the image's options. */
  public List<String> commandOfJar(Path jar) {
    return List.of(
        JAVA.toString(),
        "@" + folder.resolve("java.options"),
        "-jar",
        jar.toAbsolutePath().toString());
  }

  private static List<String> entryPoint() {
    try {
      Matcher words = ENTRY_POINT.matcher(Files.readString(Path.of("Dockerfile")));
      if (!words.find()) {
        throw new IllegalStateException("Dockerfile has no entry point");
      }
      return Stream.of(words.group(1).split(", ")).map(word -> word.replace("\"", "")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
