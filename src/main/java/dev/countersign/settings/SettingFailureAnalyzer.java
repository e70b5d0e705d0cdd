package dev.countersign.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Ends a start with a wrong setting in a sentence, without a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {
  private static final String ACTION =
      "Set it in the environment or in the file .env, then start again.";

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidSettingException setting) {
        return new FailureAnalysis(setting.getMessage(), ACTION, setting);
      }
      if (cause instanceof BindException bind) {
        return new FailureAnalysis(BindSentence.of(bind), ACTION, bind);
      }
    }
    return null;
  }
}
