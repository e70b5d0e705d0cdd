package dev.countersign.app.chat.transcript;

import io.temporal.common.converter.DefaultDataConverter;

/**
 * Sizes as they are in histories: bytes of JSON, where a control character takes six and an emoji
 * twelve. Temporal ends a workflow whose payload has more than 2 MB.
 */
public final class Stored {
  private static final String ELLIPSIS = "…";

  private Stored() {}

  /** Bytes that a value takes. */
  public static int bytes(Object value) {
    return DefaultDataConverter.STANDARD_INSTANCE
        .toPayload(value)
        .map(payload -> payload.getData().size())
        .orElse(0);
  }

  /** Bytes that a text takes within a value, without the quotes around it. */
  public static int textBytes(String text) {
    return text.codePoints().map(Stored::width).sum();
  }

  private static int width(int codePoint) {
    return switch (codePoint) {
      case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 2;
      default -> {
        if (codePoint < 0x20) {
          yield 6;
        }
        if (codePoint < 0x80) {
          yield 1;
        }
        if (codePoint < 0x800) {
          yield 2;
        }
        if (isHalf(codePoint)) {
          yield 6;
        }
        yield codePoint < 0x1_0000 ? 3 : 12; // both halves as escapes
      }
    };
  }

  /**
   * The beginning of a text, with an ellipsis if there is more.
   *
   * @param most bytes that it may take, the ellipsis not counted
   */
  public static String cut(String text, int most) {
    int taken = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      taken += width(text.codePointAt(i));
      if (taken > most) {
        return text.substring(0, i) + ELLIPSIS;
      }
    }
    return text;
  }

  private static boolean isHalf(int codePoint) {
    return Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
  }
}
