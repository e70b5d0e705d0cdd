package dev.countersign.devservices.model;

import dev.countersign.message.Emoji;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that a sentence asks to buy.
 *
 * @param product in the sentence's words
 * @param qty 1 when the sentence names no number
 * @param priceLimit null: the sentence names none
 */
record Wish(String product, int qty, @Nullable BigDecimal priceLimit) {
  private static final List<String> NUMBERS =
      List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final String QUANTITY = "\\d{1,9}|an?|the|some|" + String.join("|", NUMBERS);
  private static final Pattern BUY =
      Pattern.compile("(?i).*?\\b(?:buy|order|purchase|get)\\s+(?:me\\s+)?(?<wishes>.+)");
  private static final Pattern NEXT_WISH =
      Pattern.compile("(?i)\\s+and\\s+(?=(?:" + QUANTITY + ")\\s)");
  private static final Pattern POLITE_END =
      Pattern.compile("(?i)[\\s,]*(?:\\bplease\\b)?[\\s.!?]*$");
  private static final Pattern LIMIT =
      Pattern.compile(
          "(?i)[\\s,]+(?:for\\s+)?(?:at most|up to|under|below|no more than|max(?:imum|\\.)?(?: of)?)"
              + "\\s+[$€£]?\\s*(?<limit>\\d+(?:[.,]\\d+)*)\\s*(?:[$€£]|dollars?|euros?|usd|eur)?"
              + "(?:\\s+in total)?$");
  private static final Pattern QUANTITY_FIRST =
      Pattern.compile("(?i)(?<qty>" + QUANTITY + ")\\s*x?\\s+(?<product>.+)");

  /** What the sentence asks to buy; empty: nothing. */
  static List<Wish> in(String sentence) {
    List<Wish> wishes = new ArrayList<>();
    Matcher buy = BUY.matcher(sentence.strip().replaceAll("\\s+", " "));
    if (buy.matches()) {
      for (String words : NEXT_WISH.split(buy.group("wishes"), -1)) {
        wishes.add(wish(POLITE_END.matcher(words).replaceFirst("")));
      }
    }
    return wishes;
  }

  private static Wish wish(String words) {
    BigDecimal priceLimit = null;
    String rest = words;
    Matcher limit = LIMIT.matcher(rest);
    if (limit.find()) {
      priceLimit = number(limit.group("limit"));
      rest = rest.substring(0, limit.start());
    }
    Matcher quantity = QUANTITY_FIRST.matcher(rest);
    return quantity.matches()
        ? new Wish(named(quantity.group("product")), quantity(quantity.group("qty")), priceLimit)
        : new Wish(named(rest), 1, priceLimit);
  }

  /** As it is told of later on: the shop's tool takes emoji out too. */
  private static String named(String product) {
    String plain = Emoji.removedFrom(product);
    return plain.isEmpty() ? product : plain;
  }

  private static int quantity(String word) {
    if (Character.isDigit(word.charAt(0))) {
      return Integer.parseInt(word);
    }
    return Math.max(NUMBERS.indexOf(word.toLowerCase(Locale.ROOT)) + 1, 1);
  }

  /** A comma before three digits groups thousands, any other one begins the cents. */
  private static BigDecimal number(String digits) {
    return new BigDecimal(digits.replaceAll(",(?=\\d{3}(?:\\D|$))", "").replace(',', '.'));
  }
}
