package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that people read on the way in: they stay short, and lead where they say. */
class DocumentationTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path SOURCES = ROOT.resolve("src/main/java");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

  static List<MarkdownPage> pages() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .sorted()
            .map(MarkdownPage::read)
            .forEach(pages::add);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void leadsWhereItSays(MarkdownPage page) {
    assertThat(page.links()).allSatisfy(link -> assertThat(faults(page, link)).isEmpty());
  }

  private static List<String> faults(MarkdownPage page, String link) {
    int hash = link.indexOf('#');
    String name = hash < 0 ? link : link.substring(0, hash);
    String anchor = hash < 0 ? "" : link.substring(hash + 1);
    Path target = name.isEmpty() ? page.file() : page.file().resolveSibling(name).normalize();
    if (!Files.exists(target)) {
      return List.of("there is no " + target);
    }
    if (!anchor.isEmpty() && !MarkdownPage.read(target).anchors().contains(anchor)) {
      return List.of("%s has no heading #%s".formatted(target, anchor));
    }
    return List.of();
  }

  @Test
  void theFirstPageIsShort() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  /** About what is seen of it without scrolling. */
  @Test
  void bothUsesStandOnTheFirstScreen() throws IOException {
    String start = String.join("\n", Files.readAllLines(ROOT.resolve("README.md")).subList(0, 50));

    assertThat(start)
        .contains("./mvnw spring-boot:test-run")
        .contains("<artifactId>countersign</artifactId>", "@RequiresApproval(", "countersign:\n");
  }

  @Test
  void thereIsAWayToEachPage() throws IOException {
    MarkdownPage start = MarkdownPage.read(ROOT.resolve("README.md"));

    assertThat(pages())
        .filteredOn(page -> !page.file().equals(start.file()))
        .extracting(page -> ROOT.relativize(page.file()).toString())
        .isSubsetOf(start.links());
  }

  @Test
  void thereIsAWayIntoEachPackage() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files)
          .filteredOn(file -> file.endsWith("package-info.java"))
          .extracting(file -> "../" + ROOT.relativize(file))
          .isSubsetOf(MarkdownPage.read(ROOT.resolve("docs/how-it-works.md")).links());
    }
  }

  /** Each threat has a test that would notice, or is said not to be held. */
  @ParameterizedTest
  @MethodSource("threats")
  void theTestsOfAThreatAreThere(String threat) throws IOException {
    List<MatchResult> tests = TEST.matcher(threat).results().toList();

    assertThat(!tests.isEmpty() || threat.contains("| not held")).as("has a test").isTrue();
    for (MatchResult test : tests) {
      assertThat(sourcesOf(test.group(1)))
          .as(test.group())
          .anyMatch(source -> source.contains("void " + test.group(2) + "("));
    }
  }

  static List<String> threats() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/security.md")).stream()
        .filter(line -> line.startsWith("| **"))
        .toList();
  }

  private static List<String> sourcesOf(String test) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(test + ".java"))
          .map(DocumentationTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is named in the text and not linked; the tutorial's own files are checked with it. */
  @Test
  void theNamedFilesOfThisProjectAreThere() throws IOException {
    Pattern named = Pattern.compile("`((?:docs|src)/[\\w./-]+\\w)`");
    for (MarkdownPage page : pages()) {
      assertThat(named.matcher(page.text()).results().map(match -> match.group(1)))
          .filteredOn(name -> !Files.exists(ROOT.resolve("src/it/tutorial").resolve(name)))
          .allSatisfy(name -> assertThat(ROOT.resolve(name)).as(page.toString()).exists());
    }
  }
}
