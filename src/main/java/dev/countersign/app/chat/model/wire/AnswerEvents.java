package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The data of server-sent events (HTML Standard 9.2.6), each a JSON object, up to {@code [DONE]} or
 * the end. Read with leniency: an event ends where its JSON does, blank line or not.
 */
final class AnswerEvents {
  private static final int MAX_LINE_BYTES = 1 << 20;

  /** With all that goes around a token, and thoughts. */
  private static final long MAX_BYTES = 16L << 20;

  private static final String DONE = "[DONE]";

  private final BufferedSource source;
  private boolean isOfAnError;
  private boolean isDone;
  private long bytes;

  AnswerEvents(BufferedSource source) {
    this.source = source;
  }

  /** Whether a body begins as events do, whatever its type is called. */
  static boolean areIn(BufferedSource body) throws IOException {
    BufferedSource ahead = body.peek();
    StringBuilder first = new StringBuilder();
    while (first.length() < "data:".length() && !ahead.exhausted()) {
      char next = (char) (ahead.readByte() & 0xff);
      if (!first.isEmpty() || !Character.isWhitespace(next)) {
        first.append(next);
      }
      if (first.toString().startsWith(":")) {
        return true;
      }
    }
    return first.toString().equals("data:") || first.toString().equals("event");
  }

  /**
   * The next one.
   *
   * @return null: there is none any more
   * @throws IOException if what comes is none, or it broke off
   */
  @Nullable JsonNode next() throws IOException {
    StringBuilder data = new StringBuilder();
    while (true) {
      String line = line();
      if (line == null) {
        if (data.isEmpty()) {
          return null;
        }
        throw new EOFException("The answer broke off within an event");
      }
      if (line.startsWith("event:")) {
        isOfAnError = line.substring("event:".length()).strip().equals("error");
      } else if (line.startsWith("data:")) {
        String more = line.substring("data:".length()).strip();
        if (more.equals(DONE)) {
          isDone = true;
          return null;
        }
        data.append(more).append('\n');
        JsonNode event = read(data.toString());
        if (event != null) {
          return isOfAnError && !event.has("error") ? error(event) : event;
        }
      }
    }
  }

  /** Whether the end was said. */
  boolean isDone() {
    return isDone;
  }

  private static JsonNode error(JsonNode said) {
    return Wire.JSON.createObjectNode().set("error", said);
  }

  private static @Nullable JsonNode read(String json) throws IOException {
    try {
      JsonNode read = Wire.read(json);
      return read.isMissingNode() ? null : read;
    } catch (JsonEOFException _) {
      return null; // it goes on in the next line
    } catch (JsonProcessingException _) {
      throw new IOException("An event is no JSON");
    }
  }

  private @Nullable String line() throws IOException {
    if (source.exhausted()) {
      return null;
    }
    long end = source.indexOf((byte) '\n', 0, MAX_LINE_BYTES);
    if (end < 0 && source.request(MAX_LINE_BYTES)) {
      throw new IOException("A line is too long");
    }
    long length = end < 0 ? source.getBuffer().size() : end + 1;
    bytes += length;
    if (bytes > MAX_BYTES) {
      throw new IOException("The answer is too long");
    }
    return source.readUtf8(length).stripTrailing();
  }
}
