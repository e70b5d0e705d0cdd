package dev.countersign.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Id of the call or the conversation that a line is about, and the trace in which it was written,
 * in brackets; nothing if it's of none.
 */
final class WorkflowWord extends ClassicConverter {
  /** In SLF4J's MDC; Spring Boot puts a trace there. */
  private static final List<String> NAMES = List.of(EscapedText.WORKFLOW_ID, "traceId", "spanId");

  @Override
  public String convert(ILoggingEvent event) {
    String words =
        NAMES.stream()
            .map(event.getMDCPropertyMap()::get)
            .filter(id -> id != null && !id.isEmpty())
            .map(EscapedText::of)
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? "" : "[" + words + "] ";
  }
}
