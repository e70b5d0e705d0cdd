package dev.countersign.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingMessageTest {
  private static final BigDecimal LIMIT = new BigDecimal("99.90");
  private static final String LONG_NAME =
      "Noise cancelling over-ear headphones with 40 mm drivers and a case";

  private final BindingMessage auth0 = new BindingMessage(TestRules.AUTH0);
  private final BindingMessage withLimit = new BindingMessage(TestRules.AUTH0_WITH_LIMIT);
  private final BindingMessage keycloak = new BindingMessage(TestRules.KEYCLOAK);
  private final BindingMessage generic = new BindingMessage(TestRules.GENERIC);

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
          50€ voucher         | 50 EUR voucher        | 50_EUR_voucher
          $25 gift card       | dollar 25 gift card   | dollar_25_gift_card
          50% off             | 50 percent off        | 50_percent_off
          360° camera         | 360 deg camera        | 360_deg_camera
          LEGO™ set ★         | LEGO set              | LEGO_set
          Yahoo! mug          | Yahoo mug             | Yahoo!_mug
          ＸＹＺ　１２ phone   | XYZ 12 phone          | XYZ_12_phone
          ٣ pens              | 3 pens                | 3_pens
          5 ㎡ carpet          | 5 m2 carpet           | 5_m2_carpet
          Henry Ⅳ             | Henry IV              | Henry_IV
          50 µm foil          | 50 um foil            | 50_um_foil
          iPhone 15 (128 GB)  | iPhone 15 128 GB      | iPhone_15_128_GB
          55" TV              | 55 inch TV            | 55_inch_TV
          27″ 144 Hz          | 27 inch 144 Hz        | 27_inch_144_Hz
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
    BindingMessage withoutPlus =
        new BindingMessage(
            new BindingMessageRules("Buy {qty} {product}", "[A-Za-z0-9 .]", 64, null));

    assertThat(withoutPlus.naming(two("C"))).hasValue("Buy 2 C");
    assertThat(withoutPlus.naming(two("C++"))).isEmpty();
    assertThat(withoutPlus.naming(two("C#"))).isEmpty();
    assertThat(keycloak.naming(two("2,5 l kettle"))).isEmpty();
    assertThat(
            new BindingMessage(
                    new BindingMessageRules("Buy {qty} {product}", "[\\p{L}0-9 .]", 64, null))
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
    var rules = new BindingMessageRules("Buy {qty} {product}", characters, 25, null);
    return new BindingMessage(rules).naming(two(LONG_NAME));
  }

  @Test
  void cutsNoNumberAndNoCharacterInTwo() {
    var rules = new BindingMessageRules("Buy {qty} {product}", "[A-Za-z0-9 .]", 25, null);
    assertThat(new BindingMessage(rules).naming(two("Disk with 12345678 GB")))
        .hasValue("Buy 2 Disk with...");
    var symbols = new BindingMessageRules("Buy {qty} {product}", "[\\p{L}\\p{S}0-9 …]", 20, null);
    assertThat(new BindingMessage(symbols).naming(two("Phone 📱📱📱📱📱📱📱📱")))
        .hasValue("Buy 2 Phone 📱📱📱…");
  }

  @Test
  void countsItemsWhereTheNameStandsElsewhere() {
    assertThat(withLimit.countingItems(new Purchase("日本語", 2, LIMIT)))
        .hasValue("Do you want to buy 2 items for at most 99.90");
    assertThat(keycloak.countingItems(new Purchase("日本語", 1, null)))
        .hasValue("Do_you_want_to_buy_1_item");
  }

  @Test
  void takesNoPlaceholderFromAName() {
    assertThat(generic.naming(new Purchase("{qty} {priceLimit}", 2, LIMIT)))
        .hasValue("Do you want to buy 2 {qty} {priceLimit} for at most 99.90");
  }
}
