package dev.countersign.audit;

import java.util.LinkedHashMap;
import java.util.Map;
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

  private final Map<String, String> fields = new LinkedHashMap<>();

  private AuditEntry(AuditEvent event) {
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

  /** Logs it. */
  public void write() {
    LoggingEventBuilder line = log.atInfo();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    line.log(
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining(" ")));
  }
}
