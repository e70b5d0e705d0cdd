package dev.countersign.guard;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The value that a guarded tool has returned, as it is kept. */
final class KeptResult {
  private static final Logger log = LoggerFactory.getLogger(KeptResult.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 65_536;

  private KeptResult() {}

  /**
   * The value as JSON; null: it is null, or can't be kept, which makes what was done no less done.
   */
  static @Nullable String of(String tool, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      String json = JSON.writeValueAsString(value);
      int bytes = json.getBytes(StandardCharsets.UTF_8).length;
      if (bytes <= MOST_BYTES) {
        return json;
      }
      log.warn(
          "{} is done, but its result isn't kept: it has {} bytes, and at most {} are",
          tool,
          bytes,
          MOST_BYTES);
    } catch (JacksonException e) {
      log.warn(
          "{} is done, but its result isn't kept: a {} can't be written as JSON",
          tool,
          value.getClass().getName());
    }
    return null;
  }

  /**
   * Reads the value of a call that is done.
   *
   * @throws CallDoneException if there is none that its caller could take
   */
  static @Nullable Object read(GuardedMethod method, CallState state) {
    Class<?> type = method.method().getReturnType();
    String json = state.result();
    if (json == null) {
      if (type.isPrimitive() && type != void.class) {
        throw new CallDoneException(state);
      }
      return null;
    }
    try {
      return JSON.readValue(json, JSON.constructType(method.returnType()));
    } catch (JacksonException e) {
      log.warn("The result of {} can't be read as its caller wants it", state.id());
      throw new CallDoneException(state);
    }
  }
}
