package dev.countersign.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableTest {
  @TempDir Path first;
  @TempDir Path second;

  @Test
  void isFoundOnThePath() throws IOException {
    Path chrome = program(second, "google-chrome");
    assertThat(Executable.find(Map.of("PATH", path()))).contains(chrome);
  }

  @Test
  void isChromiumRatherThanChromeWhenBothAreThere() throws IOException {
    program(first, "google-chrome");
    Path chromium = program(second, "chromium");
    assertThat(Executable.find(Map.of("PATH", path()))).contains(chromium);
  }

  @Test
  void isWhatTheVariableNames() throws IOException {
    program(first, "chromium");
    Path other = program(second, "brave");
    assertThat(Executable.find(Map.of("PATH", path(), "CHROMIUM", other.toString())))
        .contains(other);
  }

  @Test
  void isMissingWhenThePathHoldsNone() {
    assertThat(Executable.find(Map.of("PATH", path()))).isEmpty();
  }

  @Test
  void isRefusedWhenTheVariableNamesNoProgram() {
    String nothing = first.resolve("nothing").toString();
    assertThatThrownBy(() -> Executable.find(Map.of("CHROMIUM", nothing)))
        .hasMessage("CHROMIUM is not a program that can be run: " + nothing);
  }

  private String path() {
    return first + File.pathSeparator + second;
  }

  private static Path program(Path folder, String name) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
