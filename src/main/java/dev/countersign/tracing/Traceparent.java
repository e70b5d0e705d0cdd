package dev.countersign.tracing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which span something belongs to, as the W3C's Trace Context writes it.
 *
 * @param traceId 32 hexadecimal digits, lower case
 * @param spanId 16 of them
 * @param sampled whether it is recorded
 */
public record Traceparent(String traceId, String spanId, boolean sampled) {
  /** Name of the HTTP header. */
  public static final String HEADER = "traceparent";

  private static final int DIGITS_OF_A_TRACE = 32;
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

  /** Null: it isn't one. */
  public static @Nullable Traceparent read(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? new Traceparent(
            parts.group(1), parts.group(2), (Integer.parseInt(parts.group(3), 16) & 1) == 1)
        : null;
  }

  /** Null: the ids are none. Some tracers have traces of 16 digits. */
  static @Nullable Traceparent of(String traceId, String spanId, @Nullable Boolean sampled) {
    String padded = "0".repeat(Math.max(0, DIGITS_OF_A_TRACE - traceId.length())) + traceId;
    return read(new Traceparent(padded, spanId, Boolean.TRUE.equals(sampled)).write());
  }

  /** The header's value. */
  public String write() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }
}
