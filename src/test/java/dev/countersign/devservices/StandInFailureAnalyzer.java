package dev.countersign.devservices;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start without a stack trace. */
final class StandInFailureAnalyzer extends AbstractFailureAnalyzer<StandInFailure> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StandInFailure cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
