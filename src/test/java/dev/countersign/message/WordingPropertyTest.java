package dev.countersign.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every message, whatever the purchase: made-up purchases by the thousand. */
class WordingPropertyTest {
  private static final int CASES = 4_000;
  private static final MessageRules AUTH0 = new MessageRules("[A-Za-z0-9 +\\-_.,:#]", 64, null);
  private static final MessageRules KEYCLOAK = new MessageRules("[a-zA-Z0-9-._+/!?#]", 50, "_");

  /** Of a provider that shows whatever it gets. */
  private static final MessageRules GENERIC =
      new MessageRules("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]", 100, null);

  private static final Map<String, Shown.Kind> KINDS =
      Map.of("qty", Shown.Kind.NUMBER, "product", Shown.Kind.TEXT, "priceLimit", Shown.Kind.NUMBER);

  /** Repeats a failed run: the seed is in its message. */
  private static final long SEED = Long.getLong("countersign.test.seed", System.nanoTime());

  private static final List<String> ALPHABETS =
      List.of(
          "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789",
          "0123456789.,/ +-%",
          "àéîõüçñßøæœłđþıŠŽĆÅ aeiou",
          "‘’“”„«»–—…·•-'\"!?()[]{}&@#*/\\|",
          "€$£¥₿¢%‰°±×÷≠<>=~^½²③Ⅳ㎡№™®",
          "日本語漢字かなカナ한글ไทย",
          "кофеЧайабв αβγδ קפה قهوة चाय",
          "📱🎧🔴🔵👍❤★☆",
          "e\u0301a\u0308\u0323o\u0302");

  /**
   * What is bought.
   *
   * @param priceLimit null: none
   */
  record Purchase(String product, int qty, @Nullable BigDecimal priceLimit) {}

  record Provider(String name, String template, MessageRules rules, Pattern wording) {
    Provider(String name, String template, MessageRules rules, String wording) {
      this(name, template, rules, Pattern.compile(wording));
    }

    Optional<String> message(Purchase purchase, int maxLength) {
      MessageRules within = new MessageRules(rules.characters(), maxLength, rules.replacement());
      Map<String, Shown> values = new HashMap<>();
      values.put("qty", new Shown(Shown.Kind.NUMBER, Integer.toString(purchase.qty)));
      values.put("product", new Shown(Shown.Kind.TEXT, purchase.product));
      if (purchase.priceLimit != null) {
        values.put("priceLimit", new Shown(Shown.Kind.NUMBER, purchase.priceLimit.toPlainString()));
      }
      return switch (Wording.parse(template, KINDS).word(values::get, within, Set.of("product"))) {
        case Wording.Result.Worded(var message) -> Optional.of(message);
        case Wording.Result.Refused _ -> Optional.empty();
      };
    }

    /** Some would read 2 000 as two thousand, and 2 ½ as two and a half. */
    String quantityBesideNumber() {
      String start = template.substring(0, template.indexOf("{qty}"));
      return Pattern.quote(start) + "\\d++[^\\p{L}]*\\p{N}.*";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Provider> providers() {
    String withLimit = "Do you want to buy (\\d+) (.+?)(?: for at most ([0-9.]+))?";
    String plain = "Do you want to buy {qty} {product}";
    String limited = plain + "[ for at most {priceLimit}]";
    return Stream.of(
        new Provider("Auth0", plain, AUTH0, "Do you want to buy (\\d+) (.+)"),
        new Provider("Auth0 with limit", limited, AUTH0, withLimit),
        new Provider("Keycloak", plain, KEYCLOAK, "Do_you_want_to_buy_(\\d+)_(.+)"),
        new Provider(
            "Keycloak with limit",
            "Buy_{qty}_{product}[_for_{priceLimit}]",
            KEYCLOAK,
            "Buy_(\\d+)_(.+?)(?:_for_([0-9.]+))?"),
        new Provider("generic", limited, GENERIC, withLimit));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void showsQuantityAndLimitAndNoOtherName(Provider provider) {
    var random = new Random(SEED);
    int shown = 0;
    for (int i = 0; i < CASES; i++) {
      Purchase purchase = purchase(random);
      Optional<String> text = provider.message(purchase, provider.rules.maxLength());
      if (text.isPresent()) {
        check(provider, purchase, text.get());
        shown++;
      }
    }
    assertThat(shown).as("names that can be shown, seed %d", SEED).isBetween(CASES / 10, CASES);
  }

  private static void check(Provider provider, Purchase purchase, String text) {
    String product = checkForm(provider, purchase, text).group(2);
    String whole = wholeName(provider, purchase);
    if (!product.equals(whole)) {
      String mark = provider.rules.equals(GENERIC) ? "…" : "...";
      assertThat(product).as(given(purchase)).endsWith(mark);
      String kept = product.substring(0, product.length() - mark.length());
      assertThat(kept).as(given(purchase)).isNotEmpty();
      assertThat(whole).as(given(purchase)).startsWith(kept).hasSizeGreaterThan(kept.length());
      assertThat(kept.substring(kept.length() - 1) + whole.charAt(kept.length()))
          .as(given(purchase) + ": a number that is cut would be another")
          .doesNotMatch("[0-9][0-9.,]");
    }
    assertThat(whole).as(given(purchase)).matches(withAllOf(letters(purchase.product())));
    assertThat(numbers(whole))
        .as(given(purchase))
        .isEqualTo(numbers(withDigitsApart(provider, purchase.product())));
  }

  /** Those that every provider allows: none may be missing. */
  private static String letters(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .codePoints()
        .filter(c -> c < 128 && Character.isLetterOrDigit(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Pattern withAllOf(String letters) {
    return Pattern.compile(letters.replaceAll("(.)", "[^$1]*+$1") + ".*");
  }

  private static List<String> numbers(String name) {
    return Pattern.compile("[0-9]+").matcher(name).results().map(MatchResult::group).toList();
  }

  /** Numbers that other characters write, as ² and ½, join no digits beside them. */
  private static String withDigitsApart(Provider provider, String name) {
    return name.codePoints()
        .mapToObj(Character::toString)
        .map(c ->
            c.codePointAt(0) < 128 || c.matches(provider.rules.characters())
                ? c
                : " " + Normalizer.normalize(c, Normalizer.Form.NFKD) + " ")
        .collect(Collectors.joining());
  }

  private static Matcher checkForm(Provider provider, Purchase purchase, String text) {
    MessageRules rules = provider.rules;
    assertThat(text).as(given(purchase)).matches("(?:" + rules.characters() + ")+");
    assertThat(text.length()).as(given(purchase)).isLessThanOrEqualTo(rules.maxLength());
    assertThat(text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
        .as(given(purchase))
        .isTrue();
    BigDecimal limit = purchase.priceLimit();
    Matcher matcher = provider.wording.matcher(text);
    assertThat(matcher.matches()).as(given(purchase) + ": " + text).isTrue();
    assertThat(matcher.group(1)).as(given(purchase)).isEqualTo(Integer.toString(purchase.qty()));
    assertThat(text).as(given(purchase)).doesNotMatch(provider.quantityBesideNumber());
    if (matcher.groupCount() == 3) {
      assertThat(matcher.group(3))
          .as(given(purchase))
          .isEqualTo(limit == null ? null : limit.toPlainString());
    }
    return matcher;
  }

  /** The name before it is shortened: with room for all of it. */
  private static String wholeName(Provider provider, Purchase purchase) {
    String text = provider.message(purchase, 5_000).orElseThrow();
    Matcher matcher = provider.wording.matcher(text);
    assertThat(matcher.matches()).as(given(purchase) + ": " + text).isTrue();
    return matcher.group(2);
  }

  private static String given(Purchase purchase) {
    return "seed " + SEED + ", " + purchase;
  }

  private static Purchase purchase(Random random) {
    BigDecimal limit =
        random.nextBoolean()
            ? null
            : new BigDecimal(random.nextLong(1, 100_000_000_000_000L)).movePointLeft(2);
    return new Purchase(product(random), random.nextInt(1, 1_001), limit);
  }

  private static String product(Random random) {
    int length = random.nextInt(1, 101);
    int mixed = random.nextInt(1, 4);
    var name = new StringBuilder();
    while (name.codePointCount(0, name.length()) < length) {
      // mostly Latin: a name of all scripts is hardly ever shown
      int alphabet = random.nextInt(mixed) == 0 ? 0 : random.nextInt(ALPHABETS.size());
      int[] letters = ALPHABETS.get(alphabet).codePoints().toArray();
      name.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    String stripped = name.toString().strip();
    return stripped.isEmpty() ? "x" : stripped;
  }
}
