package dev.countersign.answers;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** JSON that is somewhat other than it should be: in values, members, order, depth and spelling. */
public final class OddJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final JsonMapper PLAIN = new JsonMapper();

  /** Not all of them are JSON. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "1",
          "0.5",
          "-0.0",
          "300.9",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1e400",
          "-1e400",
          "1e-400",
          "1E+999999999",
          "1E-999999999",
          "1e9999999999",
          "9".repeat(999),
          "9".repeat(1_001),
          "0." + "3".repeat(900),
          "\"\"",
          "\" \"",
          "\"5\"",
          "\" 5 \"",
          "\"1e400\"",
          "\"-1\"",
          "\"\u0665\"",
          "\"true\"",
          "\"null\"",
          "\"2026-11-29T12:00:00Z\"",
          "[]",
          "[null]",
          "[[]]",
          "[1,\"a\",null,{}]",
          "{}",
          "{\"a\":null}",
          "{\"\":{}}",
          "NaN",
          "Infinity",
          "0x10",
          "01",
          "+1",
          ".5",
          "'a'",
          "undefined",
          "\"a\nb\"",
          "\"\\x\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "/* a */ 1",
          "{\"a\":1,\"a\":2}",
          "[1,]",
          "{\"a\":1,}",
          "");

  private static final List<Integer> DEPTHS = List.of(5, 100, 499, 900, 1_001, 20_000);

  private final Dice dice;
  private final OddText texts;
  private int chance = 1;

  public OddJson(Dice dice) {
    this.dice = dice;
    this.texts = new OddText(dice);
  }

  /** The same but for some of it. */
  public String of(JsonNode good) {
    chance = Math.max(2, count(good) / (1 + dice.below(3)));
    StringBuilder text = new StringBuilder();
    write(good, text);
    return text.toString();
  }

  /** As it should be. */
  public String plain(JsonNode good) {
    return dice.oneIn(10) ? good.toPrettyString() : good.toString();
  }

  /** Any value. */
  public String value() {
    return switch (dice.below(10)) {
      case 0, 1 -> quoted(texts.any());
      case 2 -> nested(dice.oneOf(DEPTHS), dice.oneIn(2) ? "[" : "{\"a\":");
      case 3 -> "[" + "1,".repeat(dice.below(20_000)) + "1]";
      case 4 -> members(dice.below(2_000));
      default -> dice.oneOf(VALUES);
    };
  }

  private static int count(JsonNode node) {
    int all = 1;
    for (JsonNode each : node) {
      all += count(each);
    }
    return all;
  }

  private static String members(int many) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < many; i++) {
      text.append("\"m").append(i).append("\":").append(i).append(',');
    }
    return text.append("\"z\":0}").toString();
  }

  private static String nested(int depth, String open) {
    return open.repeat(depth) + "1" + (open.equals("[") ? "]" : "}").repeat(depth);
  }

  private void write(JsonNode node, StringBuilder text) {
    if (dice.oneIn(chance)) {
      text.append(odd(node));
    } else if (node.isObject()) {
      writeMembers(node.properties(), text);
    } else if (node.isArray()) {
      text.append('[');
      for (int i = 0; i < node.size(); i++) {
        text.append(i == 0 ? "" : ",");
        write(node.get(i), text);
      }
      text.append(']');
    } else {
      text.append(node);
    }
  }

  /** Something that has to do with what should be there, or anything. */
  private String odd(JsonNode node) {
    return switch (dice.below(8)) {
      case 0 -> "[" + node + "]";
      case 1 -> "{\"value\":" + node + "}";
      case 2 -> quoted(node.toString());
      case 3 -> node.isTextual() ? quoted(node.textValue() + texts.any()) : node + "0";
      case 4 -> node.isTextual() ? quoted(texts.any()) : node.toString();
      default -> value();
    };
  }

  private void writeMembers(Set<Map.Entry<String, JsonNode>> members, StringBuilder text) {
    text.append('{');
    String comma = "";
    for (Map.Entry<String, JsonNode> member : members) {
      int times = 1;
      String name = member.getKey();
      if (dice.oneIn(chance * 2)) {
        switch (dice.below(4)) {
          case 0, 1 -> times = 0;
          case 2 -> times = 2;
          default -> name = dice.oneIn(2) ? name.toUpperCase(Locale.ROOT) : name + " ";
        }
      }
      for (int i = 0; i < times; i++) {
        text.append(comma).append(quoted(name)).append(':');
        write(member.getValue(), text);
        comma = ",";
      }
    }
    if (dice.oneIn(chance * 2)) {
      text.append(comma).append(quoted(texts.brief())).append(':').append(value());
    }
    text.append('}');
  }

  /** As a JSON text, escaped or not. */
  public String quoted(String words) {
    try {
      boolean whole = words.codePoints().noneMatch(OddJson::isHalf);
      return (whole && dice.oneIn(2) ? PLAIN : JSON).writeValueAsString(TextNode.valueOf(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHalf(int codePoint) {
    return Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
  }
}
