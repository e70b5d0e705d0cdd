package dev.countersign.temporal;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start without a usable Temporal server in a sentence, without a stack trace. */
final class TemporalFailureAnalyzer extends AbstractFailureAnalyzer<TemporalStartException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, TemporalStartException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
