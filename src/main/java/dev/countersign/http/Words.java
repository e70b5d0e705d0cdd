package dev.countersign.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words of a server, made fit for messages and logs. */
public final class Words {
  /** The most characters that are kept. */
  public static final int MAX_LENGTH = 300;

  /** Shorter beginnings of a secret may be usual words; servers cut what they repeat. */
  private static final int LEAST_BEGINNING = 12;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}]+");

  private Words() {}

  /**
   * Replaces line breaks, control and invisible characters by single spaces and keeps the first
   * {@link #MAX_LENGTH} characters.
   *
   * @param secrets values that are hidden wherever the words repeat them: in any case, form-encoded
   *     too, and beginnings of {@link #LEAST_BEGINNING} characters or more
   * @return null if there is nothing to read
   */
  public static @Nullable String clean(@Nullable String words, String... secrets) {
    if (words == null) {
      return null;
    }
    for (String secret : secrets) {
      words = hide(words, secret);
      words = hide(words, URLEncoder.encode(secret, StandardCharsets.UTF_8));
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

  private static String hide(String words, String secret) {
    if (secret.isEmpty()) {
      return words;
    }
    int least = Math.min(secret.length(), LEAST_BEGINNING);
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < words.length()) {
      if (words.regionMatches(true, at, secret, 0, least)) {
        shown.append("[hidden]");
        at += lengthInCommon(words, at, secret);
      } else {
        shown.append(words.charAt(at));
        at++;
      }
    }
    return shown.toString();
  }

  private static int lengthInCommon(String words, int at, String secret) {
    int length = 0;
    while (length < secret.length() && words.regionMatches(true, at + length, secret, length, 1)) {
      length++;
    }
    return length;
  }
}
