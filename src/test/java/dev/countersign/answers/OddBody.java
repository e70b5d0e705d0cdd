package dev.countersign.answers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as bytes.
 *
 * @param coding what is said to be done to them; null: nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OddBody(byte[] bytes, @Nullable String coding) {
  private static final int BOMB = 12 << 20;
  private static final int LONGER_THAN_IS_READ = (1 << 20) + 1;

  private static final List<String> INSTEAD =
      List.of(
          "",
          " ",
          "\n",
          "null",
          "true",
          "42",
          "\"words\"",
          "[]",
          "{}",
          "[{}]",
          "{",
          "}",
          "OK",
          "error=access_denied&error_description=no",
          "<!DOCTYPE html><html><body><h1>Just a moment</h1></body></html>",
          "<html><head><title>502 Bad Gateway</title></head></html>",
          "<?xml version=\"1.0\"?><error>no</error>",
          "no healthy upstream",
          "upstream connect error or disconnect/reset before headers",
          "\u0000\u0000\u0000");

  private static final List<String> BEFORE =
      List.of(" ", "\n\n", "\ufeff", "\ufeff\ufeff", ")]}',\n", "while(1);", "// a\n", "\u0000");

  private static final List<String> BEHIND =
      List.of(" ", "\n", "}", "]", "null", "{}", " {\"a\":1}", "<!-- a -->", "\u0000", ",", "//");

  /** As it should be. */
  static OddBody plain(String text) {
    return new OddBody(text.getBytes(UTF_8), null);
  }

  /** The text, or something that became of it, or something else. */
  static OddBody of(String text, Dice dice) {
    byte[] plain = text.getBytes(UTF_8);
    return switch (dice.below(17)) {
      case 0 -> plain(dice.oneOf(INSTEAD));
      case 1 -> plain(dice.oneOf(BEFORE) + text);
      case 2 -> plain(text + dice.oneOf(BEHIND));
      case 3 -> new OddBody(Arrays.copyOf(plain, dice.below(plain.length + 1)), null);
      case 4 -> new OddBody(text.getBytes(dice.oneOf(UTF_16LE, UTF_16BE, ISO_8859_1)), null);
      case 5 -> new OddBody(("\ufeff" + text).getBytes(dice.oneOf(UTF_16LE, UTF_16BE)), null);
      case 6 -> new OddBody(spoilt(plain, dice), null);
      case 7 -> new OddBody(gzip(plain), "gzip");
      case 8 -> new OddBody(gzip(plain), null);
      case 9 -> new OddBody(plain, dice.oneOf("gzip", "br", "deflate", "gzip, gzip", "a"));
      case 10 -> {
        byte[] zipped = gzip(plain);
        yield new OddBody(Arrays.copyOf(zipped, dice.below(zipped.length + 1)), "gzip");
      }
      case 11 ->
          dice.oneIn(10)
              ? new OddBody(gzip(new byte[BOMB]), "gzip")
              : plain(new OddText(dice).any());
      case 12 -> plain(dice.oneIn(10) ? text + " ".repeat(LONGER_THAN_IS_READ) : text);
      case 13 -> plain(new OddJson(dice).value());
      case 14 -> plain("[" + text + "]");
      case 15 -> plain(new OddJson(dice).quoted(text));
      default -> plain(text);
    };
  }

  private static byte[] spoilt(byte[] bytes, Dice dice) {
    byte[] spoilt = bytes.clone();
    for (int i = 0; i < 1 + dice.below(3) && spoilt.length > 0; i++) {
      spoilt[dice.below(spoilt.length)] = (byte) dice.below(256);
    }
    return spoilt;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
