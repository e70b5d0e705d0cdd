package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The first class that {@code java -jar} runs, on whatever Java there is. */
class LauncherIT {
  private static final PublishedJar APPLICATION = PublishedJar.classified("exec");
  private static final int CLASS_FILE_OF_JAVA_8 = 52;
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(1\\.)?([0-9]+)");

  private record Ended(int code, String output) {}

  @Test
  void runsOnEveryJavaSince8() throws IOException {
    byte[] launcher = APPLICATION.read("dev/countersign/launcher/Launcher.class");
    try (var file = new DataInputStream(new ByteArrayInputStream(launcher))) {
      file.skipBytes(Integer.BYTES + Short.BYTES);
      assertThat(file.readUnsignedShort()).isEqualTo(CLASS_FILE_OF_JAVA_8);
    }
  }

  @Test
  void saysWhichJavaIsNeeded() {
    Optional<Path> old = olderJava();
    assumeTrue(old.isPresent(), "no Java below 25 in /usr/lib/jvm");

    Ended ended = run(old.get(), "-jar", APPLICATION.file().toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output())
        .matches("Countersign needs Java 25, but this is Java [0-9]+ \\(.+\\)\\. Install .+\\s*");
  }

  @Test
  void leavesTheStartToSpringBoot() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    Ended ended =
        run(java, "-Djarmode=tools", "-jar", APPLICATION.file().toString(), "list-layers");

    assertThat(ended.output().lines())
        .containsExactly(
            "dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
  }

  private static Ended run(Path java, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.onExit().join().exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> olderJava() {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(LauncherIT::isOld)
          .map(home -> home.resolve("bin").resolve("java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOld(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      return version.find() && Integer.parseInt(version.group(2)) < 25;
    } catch (IOException _) {
      return false;
    }
  }
}
