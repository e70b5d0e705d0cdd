package dev.countersign.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the browser that is installed on the machine. */
final class Executable {
  static final String HOW_TO_INSTALL =
      "No Chromium was found: install it (Debian and Ubuntu: apt-get install chromium-headless-shell), or name its"
          + " program in the environment variable CHROMIUM.";
  private static final List<String> NAMES =
      List.of(
          "chromium-headless-shell", // without what only a window needs: a fifth faster
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable");
  private static final Pattern PATH_SEPARATOR =
      Pattern.compile(File.pathSeparator, Pattern.LITERAL);

  private Executable() {}

  /**
   * The program that {@code CHROMIUM} names, or the first of the usual names on {@code PATH}.
   *
   * @throws IllegalStateException if {@code CHROMIUM} names no program
   */
  static Optional<Path> find(Map<String, String> environment) {
    String named = environment.getOrDefault("CHROMIUM", "");
    if (!named.isEmpty()) {
      Path program = Path.of(named);
      if (!Files.isExecutable(program)) {
        throw new IllegalStateException("CHROMIUM is not a program that can be run: " + named);
      }
      return Optional.of(program);
    }
    return NAMES.stream()
        .flatMap(name -> folders(environment).map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> folders(Map<String, String> environment) {
    return PATH_SEPARATOR
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of);
  }
}
