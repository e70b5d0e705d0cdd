package dev.countersign.app.edge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** Whether what a request asks for can be read without a guess. */
final class RequestTarget {
  private static final int LAST_PORT = 65_535;
  private static final int MOST_PARAMETERS = 100;
  private static final int HEX = 16;
  private static final int ESCAPE = 3;

  /** The pattern takes its time for longer ones. */
  private static final int LONGEST_PREFIX = 100;

  private static final String FORWARDED_PREFIX = "X-Forwarded-Prefix";
  private static final Pattern PREFIXES =
      Pattern.compile("(/[\\w~-][\\w.~-]*)*/?( *, *(/[\\w~-][\\w.~-]*)*/?)*");

  private RequestTarget() {}

  /** The path is looked at by Tomcat, which is as strict, but for its parameters. */
  static boolean isWellFormed(Request request) {
    return request.getServerPort() <= LAST_PORT
        && isEncodedText(request.getRequestURI())
        && isQuery(request.getQueryString())
        && isPrefix(request.getHeader(FORWARDED_PREFIX));
  }

  /** Where a proxy may say that this is; many pass it on as a client has sent it. */
  private static boolean isPrefix(@Nullable String prefix) {
    return prefix == null
        || (prefix.length() <= LONGEST_PREFIX && PREFIXES.matcher(prefix).matches());
  }

  /**
   * Percent-encoded UTF-8 (RFC 3986 2.1), with no more parameters than anything here has use for.
   */
  private static boolean isQuery(@Nullable String query) {
    return query == null
        || (query.chars().filter(character -> character == '&').count() < MOST_PARAMETERS
            && Arrays.stream(query.split("&")).noneMatch(parameter -> parameter.startsWith("="))
            && isEncodedText(query));
  }

  private static boolean isEncodedText(String encoded) {
    ByteBuffer decoded = ByteBuffer.allocate(encoded.length());
    for (int at = 0; at < encoded.length(); at++) {
      char character = encoded.charAt(at);
      if (character != '%') {
        decoded.put((byte) character); // Tomcat lets nothing but ASCII in here
        continue;
      }
      if (at + ESCAPE > encoded.length()) {
        return false;
      }
      int high = Character.digit(encoded.charAt(at + 1), HEX);
      int low = Character.digit(encoded.charAt(at + 2), HEX);
      if (high < 0 || low < 0) {
        return false;
      }
      decoded.put((byte) (high * HEX + low));
      at += 2;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
