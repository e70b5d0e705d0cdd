package dev.countersign.app.purchase;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wording of a binding message.
 *
 * @param withoutLimit with {@code {qty}} and {@code {product}}
 * @param withLimit with {@code {priceLimit}} too, if the limit is to be shown
 * @param limitWords what introduces the limit; empty: it is never shown
 */
record MessageTemplate(String withoutLimit, String withLimit, String limitWords) {
  private static final String QTY = "{qty}";
  private static final String PRODUCT = "{product}";
  private static final String PRICE_LIMIT = "{priceLimit}";
  private static final Set<String> PLACEHOLDERS = Set.of(QTY, PRODUCT, PRICE_LIMIT);

  private static final Pattern SECTION = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

  /** What would make a number read as another one: {@code 1{qty}}, {@code {qty}{product}}. */
  private static final Pattern GLUED =
      Pattern.compile("[\\d.,}]\\{(qty|priceLimit)}|\\{(qty|priceLimit)}([\\d{]|[.,]\\S)");

  /** The same with a gap, {@code 1 {qty}}; only a name after the quantity is seen to. */
  private static final Pattern SIDE_BY_SIDE =
      Pattern.compile(
          "(\\d|\\{product}|\\{qty}|\\{priceLimit})[ _.,-]*\\{(qty|priceLimit)}"
              + "|\\{(qty|priceLimit)}[ _.,-]*\\d|\\{priceLimit}[ _.,-]*\\{product}");

  private static final Pattern PRODUCT_AFTER_QTY =
      Pattern.compile("\\{qty}[^\\p{L}\\p{N}{]*\\{product}");
  private static final Pattern LIMIT_WORDS = Pattern.compile("\\[([^\\[\\]]*)\\{priceLimit}");

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
    require(
        !SIDE_BY_SIDE.matcher(mandatory).find() && !SIDE_BY_SIDE.matcher(whole).find(),
        "have a word between {qty}, {priceLimit}, {product} and other numbers, but for a {product}"
            + " after {qty}",
        template);
    Matcher limit = LIMIT_WORDS.matcher(template);
    return new MessageTemplate(mandatory, whole, limit.find() ? limit.group(1) : "");
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

  /** Whether a number at the start of a name would come to stand beside the quantity. */
  boolean hasProductAfterQty() {
    return PRODUCT_AFTER_QTY.matcher(withLimit).find()
        || PRODUCT_AFTER_QTY.matcher(withoutLimit).find();
  }

  /** Whether a name says what only a limit may: {@code lamp for at most 5}. */
  boolean readsAsLimit(String name) {
    if (limitWords.isBlank()) {
      return false;
    }
    String words = words(limitWords);
    return words.isBlank()
        ? name.contains(limitWords.strip())
        : Pattern.compile(Pattern.quote(words) + "\\p{N}").matcher(words(name)).find();
  }

  private static String words(String text) {
    return " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + " ";
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
