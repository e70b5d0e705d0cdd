package dev.countersign.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One event, with what is known of it, which {@link #write} logs: as key-value pairs, which
 * structured logs have as members, and as a text that says the same. Ids, digests and fixed words
 * only: no secret, no name of a person, nothing that a user or a model has written. May be logged
 * twice if a process dies at the wrong moment.
 */
public final class AuditEntry {
  /** The logger's name. */
  public static final String LOGGER = "countersign.audit";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final int LONGEST = 200;

  /** Ids of guarded calls: the tool, the digest of its user, and what tells them apart. */
  private static final Pattern CALL =
      Pattern.compile("([A-Za-z0-9_]{1,40})-([0-9a-f]{32})-[0-9a-f-]{1,80}");

  /** As the log is, they are of the whole process. */
  private static final List<AuditListener> LISTENERS = new CopyOnWriteArrayList<>();

  private final AuditEvent event;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private @Nullable Duration took;

  private AuditEntry(AuditEvent event) {
    this.event = event;
    fields.put("auditEvent", event.label());
  }

  /** Of a kind, of which nothing else is known yet. */
  public static AuditEntry of(AuditEvent event) {
    return new AuditEntry(event);
  }

  /**
   * The user it is about.
   *
   * @param digest stands for the user, as in the ids of their calls
   */
  public AuditEntry user(String digest) {
    return with("userDigest", digest);
  }

  /**
   * The call, or other workflow, that it is about. A guarded call's id says whose it is, and of
   * which tool.
   *
   * @param id the workflow id
   */
  public AuditEntry call(String id) {
    with("callId", id);
    Matcher call = CALL.matcher(id);
    return call.matches() ? with("tool", call.group(1)).user(call.group(2)) : this;
  }

  /**
   * How it ended.
   *
   * @param word one of a fixed set
   */
  public AuditEntry outcome(String word) {
    return with("outcome", word);
  }

  /**
   * The conversation in which it was asked for.
   *
   * @param id null: none, or not known
   */
  public AuditEntry conversation(@Nullable String id) {
    return id == null ? this : with("conversation", id);
  }

  /**
   * How long it took: a decision since its user was asked, a run since the approval arrived, the
   * end of a run since its begin.
   *
   * @param time null: not known; a negative one, of two clocks, counts as none at all
   */
  public AuditEntry took(@Nullable Duration time) {
    if (time == null) {
      return this;
    }
    took = time.isNegative() ? Duration.ZERO : time;
    return with("tookMs", String.valueOf(took.toMillis()));
  }

  /**
   * Who did it, for others.
   *
   * @param digest stands for the operator, as it would for a user
   * @param act one of a fixed set of words
   */
  public AuditEntry operator(String digest, String act) {
    return with("operatorDigest", digest).with("act", act);
  }

  private AuditEntry with(String name, String value) {
    // a search for a field must find none that somebody has made up within a value
    String printable = value.replaceAll("[^\\x21-\\x7e]|[=\"]", "_");
    fields.put(
        name, printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...");
    return this;
  }

  /** What happened. */
  public AuditEvent event() {
    return event;
  }

  /** The workflow that it is about; null: none. */
  public @Nullable String call() {
    return fields.get("callId");
  }

  /** The tool's name, as the call's id has it; null: it is about no guarded call. */
  public @Nullable String tool() {
    return fields.get("tool");
  }

  /** How it ended; null: it doesn't say. */
  public @Nullable String outcome() {
    return fields.get("outcome");
  }

  /** How long it took; null: it doesn't say. */
  public @Nullable Duration took() {
    return took;
  }

  /** Tells this one of all events of this process from now on. */
  public static void addListener(AuditListener listener) {
    LISTENERS.add(listener);
  }

  /** Tells it no more. */
  public static void removeListener(AuditListener listener) {
    LISTENERS.remove(listener);
  }

  /** Logs it, and tells the listeners. */
  public void write() {
    LoggingEventBuilder line = log.atInfo();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    line.log(
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining(" ")));
    LISTENERS.forEach(this::tell);
  }

  private void tell(AuditListener listener) {
    try {
      listener.heard(this);
    } catch (RuntimeException e) { // what it was told of goes on
      LoggerFactory.getLogger(AuditEntry.class).warn("A listener of audit events failed", e);
    }
  }
}
