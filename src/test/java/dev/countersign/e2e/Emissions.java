package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whatever an application has said to anybody, and the search for words in it. */
final class Emissions {
  /** Where it was said to all of it, byte by byte. */
  private final Map<String, StringBuilder> said = new LinkedHashMap<>();

  /** Something was said there. */
  void add(String where, String text) {
    add(where, text.getBytes(UTF_8));
  }

  /** Something was said there. */
  void add(String where, byte[] bytes) {
    said.computeIfAbsent(where, _ -> new StringBuilder())
        .append(new String(bytes, ISO_8859_1))
        .append('\n');
  }

  /** How much was said there. */
  int length(String where) {
    return said.getOrDefault(where, new StringBuilder()).length();
  }

  /**
   * Where words were said, in plain, as Base64 within whatever else, as hexadecimal digits or in an
   * address.
   *
   * @param words by their names
   * @param places where nobody may say them, by the beginning of their names
   * @return a line each: its name, where, and in which form
   */
  List<String> find(Map<String, String> words, String... places) {
    List<String> found = new ArrayList<>();
    said.forEach((where, text) -> {
      if (Arrays.stream(places).anyMatch(where::startsWith)) {
        String all = text.toString();
        words.forEach((name, word) ->
            forms(word).stream()
                .filter(all::contains)
                .forEach(form -> found.add(name + " in " + where + ": " + around(all, form))));
      }
    });
    return found;
  }

  private static String around(String all, String form) {
    int at = all.indexOf(form);
    return all.substring(Math.max(0, at - 120), Math.min(all.length(), at + form.length() + 60));
  }

  /** All ways of writing a word that somebody could read it out of. */
  static Set<String> forms(String word) {
    byte[] bytes = word.getBytes(UTF_8);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(new String(bytes, ISO_8859_1));
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    forms.add(URLEncoder.encode(word, UTF_8));
    forms.add(URLEncoder.encode(word, UTF_8).replace("+", "%20"));
    forms.add(URLEncoder.encode(word, UTF_8).toLowerCase(Locale.ROOT));
    for (int offset = 0; offset < 3; offset++) {
      String base64 = withinBase64(bytes, offset);
      forms.add(base64);
      forms.add(base64.replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  /** The characters that say nothing but it, wherever it stands in what is encoded. */
  private static String withinBase64(byte[] bytes, int offset) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = (offset * 8 + 5) / 6;
    int to = shifted.length * 8 / 6;
    return encoded.substring(from, to);
  }
}
