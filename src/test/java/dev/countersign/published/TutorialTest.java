package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.MarkdownPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Readers copy what the build has built and run: not a character of it is other. */
class TutorialTest {
  private static final Path PROJECT = Path.of("src/it/tutorial");
  private static final Set<String> FILES = Set.of("java", "xml", "yaml");
  private static final MarkdownPage TUTORIAL = MarkdownPage.read(Path.of("docs/guard-a-tool.md"));
  private static final MarkdownPage TESTING = MarkdownPage.read(Path.of("docs/testing.md"));

  @Test
  void showsTheProjectFileByFile() {
    assertThat(shown(TUTORIAL.until("What a guarded method does"))).isSubsetOf(contents(PROJECT));
  }

  @Test
  void showsTheTestsFileByFile() {
    assertThat(shown(TESTING)).isSubsetOf(contents(PROJECT.resolve("src/test")));
  }

  @Test
  void leavesNothingOut() {
    assertThat(Stream.of(TUTORIAL, TESTING).map(TutorialTest::shown).flatMap(List::stream).toList())
        .containsAll(contents(PROJECT));
  }

  @Test
  void theFirstPageShowsTheSameTool() {
    String method =
        contents(PROJECT.resolve("src/main/java")).stream()
            .filter(java -> java.contains("@RequiresApproval("))
            .map(
                java -> java.substring(java.indexOf("  @RequiresApproval("), java.lastIndexOf('}')))
            .findFirst()
            .orElseThrow();

    assertThat(MarkdownPage.read(Path.of("README.md")).snippets())
        .extracting(MarkdownPage.Snippet::code)
        .anyMatch(code -> code.contains(method.stripTrailing().stripIndent()));
  }

  private static List<String> shown(MarkdownPage page) {
    return page.snippets().stream()
        .filter(snippet -> FILES.contains(snippet.language()))
        .map(MarkdownPage.Snippet::code)
        .toList();
  }

  private static List<String> contents(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> FILES.stream().anyMatch(type -> file.toString().endsWith("." + type)))
          .filter(file -> !file.startsWith(PROJECT.resolve("target")))
          .map(TutorialTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
