package dev.countersign.audit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Hears what is audited while it is open. */
public final class AuditLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(AuditEntry.LOGGER);

  /** Listens from now on. */
  public AuditLog() {
    setContext(logger.getLoggerContext());
    start();
    logger.addAppender(this);
  }

  /**
   * One event.
   *
   * @param text as it is in a text log
   */
  public record Entry(Map<String, String> fields, String text) {
    /** Which kind it is. */
    public String event() {
      return fields.getOrDefault("auditEvent", "");
    }

    /** Kind and outcome. */
    public String summary() {
      String outcome = fields.get("outcome");
      return outcome == null ? event() : event() + " " + outcome;
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
    event.prepareForDeferredProcessing();
    events.add(event);
    entries.add(new Entry(fields, event.getFormattedMessage()));
  }

  /** All so far, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The same as Logback has them. */
  List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  /** Those of one call. */
  public List<Entry> of(String callId) {
    return entries.stream().filter(entry -> callId.equals(entry.fields().get("callId"))).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
