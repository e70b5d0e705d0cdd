package dev.countersign.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What axe-core finds in a page. */
final class Accessibility {
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private Accessibility() {}

  /** Fails if a finding is serious or critical, with the elements that it is about. */
  static void check(Page page, String what) {
    check(new AxeBuilder(page), what);
  }

  /** The same for colours alone, of a page that was found to have no other barriers. */
  static void checkColours(Page page, String what) {
    check(new AxeBuilder(page).withRules(List.of("color-contrast")), what);
  }

  private static void check(AxeBuilder axe, String what) {
    // no page of ours has frames: without the mode for these, a page is opened for each check
    List<String> findings =
        axe.setLegacyMode(true).analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Accessibility::inWords)
            .toList();
    assertThat(findings).as(what).isEmpty();
  }

  private static String inWords(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + rule.getNodes().stream()
            .map(node -> "\n  " + node.getHtml() + "\n    " + node.getFailureSummary())
            .collect(Collectors.joining());
  }
}
