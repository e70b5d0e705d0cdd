package dev.countersign.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a line of the log. */
final class EscapedMessage extends ClassicConverter {

  /** Says in several lines why the application doesn't start; before that nobody sends anything. */
  private static final String START_REPORT =
      "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

  @Override
  public String convert(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    if (message == null) {
      return "";
    }
    return event.getLoggerName().equals(START_REPORT) ? message : EscapedText.of(message);
  }
}
