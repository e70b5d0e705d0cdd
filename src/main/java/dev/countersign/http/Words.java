package dev.countersign.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words of a server, made fit for messages and logs. */
public final class Words {
  /** The most characters that are kept. */
  public static final int MAX_LENGTH = 300;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}]+");

  private Words() {}

  /**
   * Replaces line breaks, control and invisible characters by single spaces and keeps the first
   * {@link #MAX_LENGTH} characters.
   *
   * @param secrets values that are hidden wherever the words repeat them
   * @return null if there is nothing to read
   */
  public static @Nullable String clean(@Nullable String words, String... secrets) {
    if (words == null) {
      return null;
    }
    for (String secret : secrets) {
      words = secret.isEmpty() ? words : words.replace(secret, "[hidden]");
    }
    String line = INVISIBLE.matcher(words).replaceAll(" ").strip();
    if (line.isEmpty()) {
      return null;
    }
    int length = line.codePointCount(0, line.length());
    return length <= MAX_LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
  }
}
