package dev.countersign.app.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a conversation was sent, as the id of an event: {@code <lastMessage>.<versions>}.
 *
 * @param lastMessage all messages up to this number
 * @param versions the calls as they stood when their versions had this sum
 */
record EventId(int lastMessage, long versions) {
  static final EventId NOTHING = new EventId(0, 0);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,18})");

  /** Reads a {@code Last-Event-ID}; one that isn't ours says that nothing was sent. */
  static EventId of(@Nullable String text) {
    Matcher parts = FORM.matcher(text == null ? "" : text);
    return parts.matches()
        ? new EventId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
        : NOTHING;
  }

  @Override
  public String toString() {
    return lastMessage + "." + versions;
  }
}
