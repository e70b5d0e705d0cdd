package dev.countersign.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductNamesTest {
  private static final BigDecimal LIMIT = new BigDecimal("99.90");
  private static final String LONG_NAME =
      "Noise cancelling over-ear headphones with 40 mm drivers and a case";

  private static final String AUTH0_CHARACTERS = "[A-Za-z0-9 +\\-_.,:#]";
  private static final String PLAIN = "Do you want to buy {qty} {product}";

  private final Question auth0 = new Question(PLAIN, AUTH0_CHARACTERS, 64, null);
  private final Question withLimit =
      new Question(PLAIN + "[ for at most {priceLimit}]", AUTH0_CHARACTERS, 64, null);
  private final Question keycloak = new Question(PLAIN, "[a-zA-Z0-9-._+/!?#]", 50, "_");
  private final Question generic =
      new Question(
          PLAIN + "[ for at most {priceLimit}]", "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]", 100, null);

  record Purchase(String product, int qty, @Nullable BigDecimal priceLimit) {}

  /** A message about a purchase whose product stands in the details too. */
  record Question(String template, String characters, int maxLength, @Nullable String replacement) {
    Optional<String> naming(Purchase purchase) {
      Map<String, Shown> values = new HashMap<>();
      values.put("qty", new Shown(Shown.Kind.NUMBER, Integer.toString(purchase.qty)));
      values.put("product", new Shown(Shown.Kind.TEXT, purchase.product));
      if (purchase.priceLimit != null) {
        values.put("priceLimit", new Shown(Shown.Kind.NUMBER, purchase.priceLimit.toPlainString()));
      }
      Map<String, Shown.Kind> kinds =
          Map.of(
              "qty",
              Shown.Kind.NUMBER,
              "product",
              Shown.Kind.TEXT,
              "priceLimit",
              Shown.Kind.NUMBER);
      MessageRules rules = new MessageRules(characters, maxLength, replacement);
      return switch (Wording.parse(template, kinds).word(values::get, rules, Set.of("product"))) {
        case Wording.Result.Worded(var message) -> Optional.of(message);
        case Wording.Result.Refused _ -> Optional.empty();
      };
    }
  }

  private static Purchase two(String product) {
    return new Purchase(product, 2, null);
  }

  @Test
  void namesQuantityAndProduct() {
    assertThat(auth0.naming(two("headphones"))).hasValue("Do you want to buy 2 headphones");
    assertThat(keycloak.naming(two("XYZ phone"))).hasValue("Do_you_want_to_buy_2_XYZ_phone");
  }

  @Test
  void showsTheLimitAsAPlainNumberAndLeavesItsSectionOutWithoutOne() {
    assertThat(withLimit.naming(new Purchase("lamp", 2, LIMIT)))
        .hasValue("Do you want to buy 2 lamp for at most 99.90");
    assertThat(withLimit.naming(new Purchase("lamp", 2, new BigDecimal("1E+3"))))
        .hasValue("Do you want to buy 2 lamp for at most 1000");
    assertThat(withLimit.naming(two("lamp"))).hasValue("Do you want to buy 2 lamp");
  }

  @Test
  void leavesANameAloneThatIsAllowedAsItIs() {
    assertThat(generic.naming(two("Café “日本” 100 %")))
        .hasValue("Do you want to buy 2 Café “日本” 100 %");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          café                | cafe                  | cafe
          cafe\u0301          | cafe                  | cafe
          Weißbier            | Weissbier             | Weissbier
          Ærø Łódź Þór        | AEro Lodz Thor        | AEro_Lodz_Thor
          Smørrebrød          | Smorrebrod            | Smorrebrod
          Wait…               | Wait...               | Wait...
          “Best” men’s shirt  | Best men s shirt      | Best_men_s_shirt
          USB‑C – Lightning   | USB-C - Lightning     | USB-C_-_Lightning
          C++ book            | C++ book              | C++_book
          C# book             | C# book               | C#_book
          Black & White       | Black and White       | Black_and_White
          €50 voucher         | EUR 50 voucher        | EUR_50_voucher
          50€ voucher         | x 50 EUR voucher      | x_50_EUR_voucher
          $25 gift card       | dollar 25 gift card   | dollar_25_gift_card
          50% off             | x 50 percent off      | x_50_percent_off
          360° camera         | x 360 deg camera      | x_360_deg_camera
          LEGO™ set ★         | LEGO set              | LEGO_set
          Yahoo! mug          | Yahoo mug             | Yahoo!_mug
          ＸＹＺ　１２ phone   | XYZ 12 phone          | XYZ_12_phone
          ٣ pens              | x 3 pens              | x_3_pens
          5 ㎡ carpet          | x 5 m2 carpet         | x_5_m2_carpet
          Henry Ⅳ             | Henry IV              | Henry_IV
          50 µm foil          | x 50 um foil          | x_50_um_foil
          iPhone 15 (128 GB)  | iPhone 15 128 GB      | iPhone_15_128_GB
          55" TV              | x 55 inch TV          | x_55_inch_TV
          27″ 144 Hz          | x 27 inch 144 Hz      | x_27_inch_144_Hz
          "Windows 95" guide  | Windows 95 guide      | Windows_95_guide
          a  b                | a b                   | a_b
          """)
  void spellsANameInTheAllowedCharacters(String name, String inAuth0, String inKeycloak) {
    String asIs = name.translateEscapes();
    assertThat(auth0.naming(two(asIs))).hasValue("Do you want to buy 2 " + inAuth0);
    assertThat(keycloak.naming(two(asIs))).hasValue("Do_you_want_to_buy_2_" + inKeycloak);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "日本語",
        "日本 tea",
        "кофе",
        "चाय",
        "قهوة",
        "📱",
        "phone 📱",
        "🔴 pen",
        "♠",
        "☆★☆",
        "\"\"",
        "¥500 card",
        "₿ wallet",
        "a ≠ b",
        "10² tiles",
        "½ kg",
        "2½ kg",
        "①② set",
        "5 ‰"
      })
  void namesNothingThatCannotBeShownTruthfully(String name) {
    assertThat(auth0.naming(two(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/2 inch pipe", "1 / 2 pipe", "3*4 frame", "10^3 pins", "5'10 board"})
  void keepsDigitsApartThatASignHeldApart(String name) {
    assertThat(auth0.naming(two(name))).isEmpty();
  }

  @Test
  void takesNoNameForAnother() {
    Question withoutPlus = new Question("Buy {qty} {product}", "[A-Za-z0-9 .]", 64, null);

    assertThat(withoutPlus.naming(two("C"))).hasValue("Buy 2 C");
    assertThat(withoutPlus.naming(two("C++"))).isEmpty();
    assertThat(withoutPlus.naming(two("C#"))).isEmpty();
    assertThat(keycloak.naming(two("2,5 l kettle"))).isEmpty();
    assertThat(
            new Question("Buy {qty} {product}", "[\\p{L}0-9 .]", 64, null)
                .naming(two("चाय"))) // its vowel is a mark
        .isEmpty();
  }

  @Test
  void shortensTheNameAloneAndShowsIt() {
    assertThat(auth0.naming(two(LONG_NAME)))
        .hasValue("Do you want to buy 2 Noise cancelling over-ear headphones wit...");
    assertThat(withLimit.naming(new Purchase(LONG_NAME, 1000, LIMIT)))
        .hasValue("Do you want to buy 1000 Noise cancelling ov... for at most 99.90");
    assertThat(keycloak.naming(two(LONG_NAME)))
        .hasValue("Do_you_want_to_buy_2_Noise_cancelling_over-ear...");
  }

  @Test
  void marksAShortenedNameByTheBestThatIsAllowed() {
    assertThat(shortened("[A-Za-z0-9 .…_-]")).hasValue("Buy 2 Noise cancelling o…");
    assertThat(shortened("[A-Za-z0-9 _.-]")).hasValue("Buy 2 Noise cancelling...");
    assertThat(shortened("[A-Za-z0-9 _-]")).hasValue("Buy 2 Noise cancelling--");
    assertThat(shortened("[A-Za-z0-9 _]")).hasValue("Buy 2 Noise cancelling__");
  }

  private static Optional<String> shortened(String characters) {
    var rules = new Question("Buy {qty} {product}", characters, 25, null);
    return rules.naming(two(LONG_NAME));
  }

  @Test
  void cutsNoNumberAndNoCharacterInTwo() {
    var rules = new Question("Buy {qty} {product}", "[A-Za-z0-9 .]", 25, null);
    assertThat(rules.naming(two("Disk with 12345678 GB"))).hasValue("Buy 2 Disk with...");
    var symbols = new Question("Buy {qty} {product}", "[\\p{L}\\p{S}0-9 …]", 20, null);
    assertThat(symbols.naming(two("Phone 📱📱📱📱📱📱📱📱"))).hasValue("Buy 2 Phone 📱📱📱…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          000 headphones     | 2 x 000 headphones     | 2_x_000_headphones
          .5 kg of gold      | 2 x .5 kg of gold      | 2_x_.5_kg_of_gold
          - 1 lamp           | 2 x - 1 lamp           | 2_x_-_1_lamp
          3M tape            | 2 x 3M tape            | 2_x_3M_tape
          x 3 pack           | 2 x x 3 pack           | 2_x_x_3_pack
          × 3 pack           | 2 x x 3 pack           | 2_x_x_3_pack
          3 x 4 frame        | 2 x 3 x 4 frame        | 2_x_3_x_4_frame
          Hundred headphones | 2 x Hundred headphones | 2_x_Hundred_headphones
          x-ray film 5       | 2 x-ray film 5         | 2_x-ray_film_5
          USB 3 hub          | 2 USB 3 hub            | 2_USB_3_hub
          """)
  void keepsTheQuantityApartFromANumberAtTheStartOfAName(
      String name, String inAuth0, String inKeycloak) {
    assertThat(auth0.naming(two(name))).hasValue("Do you want to buy " + inAuth0);
    assertThat(keycloak.naming(two(name))).hasValue("Do_you_want_to_buy_" + inKeycloak);
  }

  @Test
  void keepsWithinTheLengthWhereTheNameBeginsWithANumber() {
    var rules = new Question("Buy {qty} {product}", "[A-Za-z0-9 .]", 25, null);
    assertThat(rules.naming(two("55 inch television set"))).hasValue("Buy 2 x 55 inch televi...");
    var noX = new Question("Buy {qty} {product}", "[A-Za-wyz0-9 .]", 25, null);
    assertThat(noX.naming(two("55 inch TV"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp for at most 5", "lamp For-at_most: 5.00", "lamp (for at most $5)"})
  void showsNoLimitThatThePurchaseDoesNotHave(String name) {
    assertThat(withLimit.naming(two(name))).isEmpty();
    assertThat(generic.naming(two(name))).isEmpty();
    assertThat(generic.naming(new Purchase(name, 2, LIMIT))).isEmpty();
  }

  @Test
  void takesNoPlaceholderFromAName() {
    assertThat(generic.naming(new Purchase("{qty} {priceLimit}", 2, LIMIT)))
        .hasValue("Do you want to buy 2 {qty} {priceLimit} for at most 99.90");
  }
}
