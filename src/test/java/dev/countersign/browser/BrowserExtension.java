package dev.countersign.browser;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts Chromium when the first test asks for it, and looks after each test's browsers. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(BrowserExtension.class);
  private static final Path EVIDENCE = Path.of("target", "browser");

  private static final String NOTICE =
      "The browser tests are skipped. " + Executable.HOW_TO_INSTALL;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Executable.find(System.getenv()).isPresent() || isRequired()) {
      return ConditionEvaluationResult.enabled("Chromium is there, or must be");
    }
    context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(NOTICE, _ -> tell(NOTICE));
    return ConditionEvaluationResult.disabled(Executable.HOW_TO_INSTALL);
  }

  /** Once for all tests: the reason why one was skipped stands in its report only. */
  private static String tell(String notice) {
    System.out.println(notice);
    return notice;
  }

  private static boolean isRequired() {
    return "true".equals(System.getenv("CI"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browsers.class;
  }

  @Override
  public Browsers resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Chromium chromium =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Chromium.class, _ -> Chromium.start(), Chromium.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Browsers.class, _ -> new Browsers(chromium.browser()), Browsers.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Browsers browsers = context.getStore(NAMESPACE).get(Browsers.class, Browsers.class);
    if (browsers == null) {
      return;
    }
    List<UserAgent> opened = browsers.opened();
    List<String> findings = opened.stream().flatMap(agent -> agent.findings().stream()).toList();
    Path evidence =
        EVIDENCE.resolve(
            context.getRequiredTestClass().getSimpleName()
                + "."
                + context.getRequiredTestMethod().getName());
    boolean failed = context.getExecutionException().isPresent() || !findings.isEmpty();
    for (int i = 0; i < opened.size(); i++) {
      if (failed) {
        opened.get(i).leaveEvidence(evidence.resolve("browser-" + (i + 1)));
      }
      opened.get(i).close();
    }
    if (!findings.isEmpty()) {
      throw new AssertionError("In the browser:\n" + String.join("\n", findings));
    }
  }
}
