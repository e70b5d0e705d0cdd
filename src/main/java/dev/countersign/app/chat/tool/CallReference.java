package dev.countersign.app.chat.tool;

import dev.countersign.app.api.Digest;
import java.util.Locale;

/**
 * A call's name in a chat, short enough for a small model to copy: {@code R-3F9A1C7E}. It comes
 * from the id alone, so it is the same in every conversation.
 */
final class CallReference {
  private static final String PREFIX = "R-";
  private static final int DIGITS = 8;

  private CallReference() {}

  static String of(String callId) {
    return PREFIX + Digest.of(callId).substring(0, DIGITS).toUpperCase(Locale.ROOT);
  }

  /** Whether a text means that call: its reference, in any case, or its id. */
  static boolean means(String text, String callId) {
    String name = text.strip();
    return name.equals(callId)
        || name.equalsIgnoreCase(of(callId))
        || (PREFIX + name).equalsIgnoreCase(of(callId));
  }
}
