package dev.countersign.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Id of the call or the conversation that a line is about, in brackets; nothing if it's of none.
 */
final class WorkflowWord extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    String id = event.getMDCPropertyMap().get(EscapedText.WORKFLOW_ID);
    return id == null || id.isEmpty() ? "" : "[" + EscapedText.of(id) + "] ";
  }
}
