package dev.countersign.purchase;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wording of a binding message.
 *
 * @param withoutLimit with {@code {qty}} and {@code {product}}
 * @param withLimit with {@code {priceLimit}} too, if the limit is to be shown
 */
record MessageTemplate(String withoutLimit, String withLimit) {
  private static final String QTY = "{qty}";
  private static final String PRODUCT = "{product}";
  private static final String PRICE_LIMIT = "{priceLimit}";
  private static final Set<String> PLACEHOLDERS = Set.of(QTY, PRODUCT, PRICE_LIMIT);

  private static final Pattern SECTION = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

  /** What would make a number read as another one: {@code 1{qty}}, {@code {qty}{product}}. */
  private static final Pattern GLUED =
      Pattern.compile("[\\d.,}]\\{(qty|priceLimit)}|\\{(qty|priceLimit)}([\\d{]|[.,]\\S)");

  /** The highest that a purchase may have. */
  private static final String LONGEST_QTY = "1000";

  private static final String LONGEST_LIMIT = "999999999999.99";

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it doesn't always show quantity and product, or is no
   *     template
   */
  static MessageTemplate parse(String template) {
    String mandatory = SECTION.matcher(template).replaceAll("");
    require(
        mandatory.chars().noneMatch(c -> c == '[' || c == ']'),
        "close each [ by a ], none inside another",
        template);
    Matcher placeholders = PLACEHOLDER.matcher(template);
    while (placeholders.find()) {
      require(
          PLACEHOLDERS.contains(placeholders.group()),
          "name nothing but {qty}, {product} and {priceLimit} in braces",
          template);
    }
    require(
        PLACEHOLDER.matcher(template).replaceAll("").chars().noneMatch(c -> c == '{' || c == '}'),
        "close each { by a }",
        template);
    require(
        count(mandatory, QTY) == 1 && count(template, QTY) == 1,
        "contain {qty} once, and not in square brackets",
        template);
    require(
        count(mandatory, PRODUCT) == 1 && count(template, PRODUCT) == 1,
        "contain {product} once, and not in square brackets",
        template);
    require(
        count(mandatory, PRICE_LIMIT) == 0 && count(template, PRICE_LIMIT) <= 1,
        "contain {priceLimit} at most once, and in square brackets, for a purchase may have none",
        template);
    require(
        SECTION.matcher(template).results().allMatch(s -> s.group().contains(PRICE_LIMIT)),
        "have {priceLimit} in its square brackets",
        template);
    String whole = SECTION.matcher(template).replaceAll("$1");
    require(
        !GLUED.matcher(mandatory).find() && !GLUED.matcher(whole).find(),
        "keep {qty} and {priceLimit} apart from digits, points, commas and each other",
        template);
    return new MessageTemplate(mandatory, whole);
  }

  private static void require(boolean condition, String rule, String template) {
    if (!condition) {
      throw new IllegalArgumentException("template must " + rule + ", but is \"" + template + "\"");
    }
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  boolean asksForLimit() {
    return withLimit.contains(PRICE_LIMIT);
  }

  /** All of it that is the same for every purchase. */
  String fixedText() {
    return PLACEHOLDER.matcher(withLimit).replaceAll("");
  }

  int longestWithoutProduct() {
    return withLimit
        .replace(QTY, LONGEST_QTY)
        .replace(PRICE_LIMIT, LONGEST_LIMIT)
        .replace(PRODUCT, "")
        .length();
  }

  /** The message, with plain numbers. */
  String fill(int qty, @Nullable BigDecimal priceLimit, String product) {
    String text = priceLimit == null ? withoutLimit : withLimit;
    String limit = priceLimit == null ? "" : priceLimit.toPlainString();
    return text.replace(QTY, Integer.toString(qty))
        .replace(PRICE_LIMIT, limit)
        .replace(PRODUCT, product); // last: a name may hold braces
  }
}
