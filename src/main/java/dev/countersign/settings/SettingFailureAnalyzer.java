package dev.countersign.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/** Ends a start with a wrong setting in a sentence, without a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {
  private static final String SHORT_ACTION =
      "Set it in the environment or in the file .env, then start again.";
  private static final String ACTION =
      "Set it in application.yaml or in the environment, then start again. For development and tests"
          + " CountersignDevelopmentServices of the jar devservices set all that is needed.";

  private final @Nullable Environment environment;

  /**
   * Made by Spring Boot.
   *
   * @param environment null: the start ended before there was one
   */
  SettingFailureAnalyzer(@Nullable Environment environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidSettingException setting) {
        return analysis(String.valueOf(setting.getMessage()), setting);
      }
      if (cause instanceof BindException bind) {
        return analysis(BindSentence.of(bind), bind);
      }
      if (cause instanceof PlaceholderResolutionException placeholder
          && placeholder.getPlaceholder().startsWith("countersign.")) {
        return analysis(missing(placeholder.getPlaceholder()), placeholder);
      }
    }
    return null;
  }

  /** A host's own setting is {@code ${countersign.oidc.issuer}}, say. */
  private static String missing(String property) {
    return "%s (%s) is not set, and another setting takes its value from it."
        .formatted(property, SettingNames.variable(property));
  }

  private FailureAnalysis analysis(String sentence, Throwable cause) {
    return environment == null || SettingNames.areShort(environment)
        ? new FailureAnalysis(sentence, SHORT_ACTION, cause)
        : new FailureAnalysis(SettingNames.withoutShort(sentence), ACTION, cause);
  }
}
