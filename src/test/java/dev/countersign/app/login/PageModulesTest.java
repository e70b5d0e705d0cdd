package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page names all of its modules, so that none has to come before the next one is asked for. */
class PageModulesTest {
  private static final Path STATIC = Path.of("src/main/resources/static");
  private static final Pattern IMPORTED = Pattern.compile("(?:from|import) '\\./([^']+)'");
  private static final Pattern NAMED =
      Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">");

  @ParameterizedTest
  @CsvSource({"index.html, main.js", "operator.html, operator.js"})
  void areNamedInThePage(String page, String script) throws IOException {
    Set<String> modules = modules(script);
    modules.remove(script);

    assertThat(modules).hasSizeGreaterThan(20);
    assertThat(found(NAMED, page)).containsExactlyElementsOf(modules);
    assertThat(Files.readString(STATIC.resolve(page)))
        .contains("<script type=\"module\" src=\"" + script + "\">");
  }

  private static Set<String> modules(String first) throws IOException {
    Set<String> seen = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(Set.of(first));
    while (!next.isEmpty()) {
      String module = next.remove();
      if (seen.add(module)) {
        next.addAll(found(IMPORTED, module));
      }
    }
    return seen;
  }

  private static Set<String> found(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(STATIC.resolve(file)))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
