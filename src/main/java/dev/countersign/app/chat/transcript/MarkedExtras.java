package dev.countersign.app.chat.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model's server sent beside words or calls, a JSON object, with a mark of where it came
 * from as its first member. That of older histories has none. The form lives in workflow histories:
 * never change it.
 */
public final class MarkedExtras {
  private static final Pattern MARK = Pattern.compile("\\{\"from\":\"([0-9a-f]+)\",");

  /** Mostly thoughts, which servers leave out of all turns but the newest. */
  private static final int MOST_COUNTED = 2 * 1024;

  private MarkedExtras() {}

  /**
   * Marks them.
   *
   * @param mark hexadecimal digits
   * @param json an object that has members
   */
  public static String of(String mark, String json) {
    return "{\"from\":\"" + mark + "\"," + json.substring(1);
  }

  /** Their mark; null: they are of an older history. */
  public static @Nullable String markOf(String extras) {
    Matcher mark = MARK.matcher(extras);
    return mark.lookingAt() ? mark.group(1) : null;
  }

  /**
   * Bytes that they count among those which the model can read. All of those without a mark: what a
   * workflow did with them has to be done again.
   */
  static int counted(String extras) {
    int bytes = extras.getBytes(UTF_8).length;
    return markOf(extras) == null ? bytes : Math.min(bytes, MOST_COUNTED);
  }
}
