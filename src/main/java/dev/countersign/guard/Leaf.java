package dev.countersign.guard;

import dev.countersign.message.Shown;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A single value among a tool's arguments: one of them, or a part of one, such as a record's
 * component.
 *
 * @param path such as {@code amount}, or {@code order.total}
 * @param kind null: it can't be shown in a message, as lists and maps can't
 * @param pattern null: any text
 */
public record Leaf(String path, Shown.@Nullable Kind kind, @Nullable Pattern pattern) {
  /** Any text. */
  public static Leaf text(String path) {
    return new Leaf(path, Shown.Kind.TEXT, null);
  }

  /** A number. */
  public static Leaf number(String path) {
    return new Leaf(path, Shown.Kind.NUMBER, null);
  }

  /** A text that can't mislead, whichever it is. */
  public static Leaf exact(String path) {
    return new Leaf(path, Shown.Kind.EXACT, null);
  }

  /** What can't be shown in a message. */
  public static Leaf unshowable(String path) {
    return new Leaf(path, null, null);
  }
}
