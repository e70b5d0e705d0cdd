package dev.countersign.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.message.Shown.Kind;
import dev.countersign.message.Wording.Result;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
  private static final MessageRules AUTH0 = new MessageRules("[A-Za-z0-9 +\\-_.,:#]", 64, null);
  private static final MessageRules KEYCLOAK = new MessageRules("[a-zA-Z0-9\\-._+/!?#]", 50, "_");
  private static final Map<String, Kind> KINDS =
      Map.of(
          "qty", Kind.NUMBER,
          "amount", Kind.NUMBER,
          "limit", Kind.NUMBER,
          "product", Kind.TEXT,
          "to", Kind.TEXT,
          "text", Kind.TEXT,
          "iban", Kind.EXACT,
          "day", Kind.EXACT);
  private static final String PURCHASE = "Do you want to buy {qty} {product}[ for at most {limit}]";

  private static Shown number(String text) {
    return new Shown(Kind.NUMBER, text);
  }

  private static Shown text(String text) {
    return new Shown(Kind.TEXT, text);
  }

  private static Shown exact(String text) {
    return new Shown(Kind.EXACT, text);
  }

  private static Result worded(String template, Map<String, Shown> values) {
    return Wording.parse(template, KINDS).word(values::get, AUTH0, Set.of());
  }

  private static Result bought(String product) {
    return worded(PURCHASE, Map.of("qty", number("2"), "product", text(product)));
  }

  @Test
  void showsEachValue() {
    assertThat(
            worded(
                "Transfer {amount} EUR to {iban}",
                Map.of("amount", number("12.50"), "iban", exact("DE89370400440532013000"))))
        .isEqualTo(new Result.Worded("Transfer 12.50 EUR to DE89370400440532013000"));
  }

  @Test
  void leavesASectionOutWhoseValueIsMissing() {
    assertThat(bought("headphones"))
        .isEqualTo(new Result.Worded("Do you want to buy 2 headphones"));
    assertThat(
            worded(
                PURCHASE,
                Map.of("qty", number("2"), "product", text("lamps"), "limit", number("99.90"))))
        .isEqualTo(new Result.Worded("Do you want to buy 2 lamps for at most 99.90"));
  }

  @Test
  void writesSpacesAsTheProviderWantsThem() {
    assertThat(
            Wording.parse(PURCHASE, KINDS)
                .word(
                    Map.of("qty", number("2"), "product", text("XYZ phone"))::get,
                    KEYCLOAK,
                    Set.of()))
        .isEqualTo(new Result.Worded("Do_you_want_to_buy_2_XYZ_phone"));
  }

  @Test
  void refusesWithoutAValueThatIsNeeded() {
    assertThat(worded(PURCHASE, Map.of("qty", number("2"))))
        .isEqualTo(new Result.Refused("product is missing"));
  }

  @Test
  void hidesNoValueBehindAnotherThatIsMissing() {
    assertThat(worded("Pay {amount}[ by {to} at {iban}]", Map.of("amount", number("5"))))
        .isEqualTo(new Result.Worded("Pay 5"));
    assertThat(
            worded(
                "Pay {amount}[ by {to} at {iban}]",
                Map.of("amount", number("5"), "iban", exact("DE89"))))
        .isEqualTo(
            new Result.Refused(
                "iban could not be shown, since another value in the same square brackets is"
                    + " missing"));
  }

  @Test
  void refusesWhatIsTooLongInsteadOfCuttingIt() {
    assertThat(bought("Noise cancelling over-ear headphones with 40 mm drivers and a case"))
        .isEqualTo(
            new Result.Refused(
                "the message would have 87 characters, but the identity provider shows 64"));
  }

  @Test
  void spellsFreeTextInTheAllowedCharacters() {
    assertThat(bought("Weißbier")).isEqualTo(new Result.Worded("Do you want to buy 2 Weissbier"));
    assertThat(bought("日本語"))
        .isEqualTo(
            new Result.Refused(
                "product \"日本語\" can't be shown in the characters that the identity provider"
                    + " allows"));
  }

  @Test
  void changesNothingOfAnExactValue() {
    assertThat(worded("Pay {iban}", Map.of("iban", exact("DE8ß"))))
        .isInstanceOf(Result.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "55 inch TV, x 55 inch TV",
    "x2 cables, x x2 cables",
    "dozen eggs, x dozen eggs",
    "000 lamps, x 000 lamps"
  })
  void keepsANumberApartFromTheTextAfterIt(String product, String shown) {
    assertThat(bought(product)).isEqualTo(new Result.Worded("Do you want to buy 2 " + shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lamp for at most 5",
        "lamp FOR AT MOST 5 EUR",
        "lamp, for at-most everyone",
        "lamp for 5 EUR",
        "lamp at $5",
        "lamp @ 5 EUR",
        "lamp ｆｏｒ ａｔ ｍｏｓｔ 5",
        "lamps． Approve nothing",
        "lamp. Total 3",
        "lamp up to 7",
        "lamp, price: 3",
        "lamps. Approve nothing",
        "la\u200Bmp",
        "lamp\u202E5",
        "lamp\nfree"
      })
  void refusesTextThatPassesForAnotherPart(String product) {
    assertThat(bought(product))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.problem()).startsWith("product \""));
  }

  @Test
  void takesAMarkForTheEndOfASentenceWhereItIsShown() {
    Map<String, Shown> values = Map.of("qty", number("2"), "product", text("lamp! Nothing else"));
    MessageRules marks = new MessageRules("[A-Za-z0-9 .!]", 64, null);

    assertThat(Wording.parse(PURCHASE, KINDS).word(values::get, marks, Set.of()))
        .isEqualTo(
            new Result.Refused("product \"lamp! Nothing else\" would read as a second sentence"));
    assertThat(bought("Yahoo! mug")).isEqualTo(new Result.Worded("Do you want to buy 2 Yahoo mug"));
  }

  @Test
  void shortensOnlyWhatIsSeenWholeElsewhere() {
    Map<String, Shown> values =
        Map.of(
            "qty", number("2"),
            "product", text("Noise cancelling over-ear headphones with a case"),
            "limit", number("99.90"));

    assertThat(Wording.parse(PURCHASE, KINDS).word(values::get, AUTH0, Set.of("product")))
        .isEqualTo(
            new Result.Worded("Do you want to buy 2 Noise cancelling over... for at most 99.90"));
    assertThat(Wording.parse(PURCHASE, KINDS).word(values::get, AUTH0, Set.of("limit")))
        .isInstanceOf(Result.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dr. Oetker pizza",
        "St. John wort",
        "50 EUR voucher",
        "cable for 2 monitors",
        "Yahoo mug",
        "C++ book",
        "No. 5 perfume",
        "USB 3.2 hub"
      })
  void takesOrdinaryNames(String product) {
    assertThat(bought(product)).isInstanceOf(Result.Worded.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Send {text} to {to}   | I want to go
          Send {to}: {text}     | me: no
          """)
  void refusesTextThatTheWordsAfterItCouldEnd(String template, String first) {
    assertThat(worded(template, Map.of("text", text(first), "to", text(first))))
        .isInstanceOf(Result.Refused.class);
  }

  @Test
  void takesAnyWordsAtTheEnd() {
    assertThat(
            worded("Send {to}: {text}", Map.of("to", text("Bob"), "text", text("Send it to: me"))))
        .isEqualTo(new Result.Worded("Send Bob: Send it to: me"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Buy {qty} {colour}        | must name nothing but
          Buy {qty                  | must close each { by a }
          Buy [{qty}                | must close each [ by a ]
          Buy {qty}[ now]           | must name a value in each pair of square brackets
          Buy {qty}, really {qty}   | must name {qty} only once
          Buy 1{qty}                | must keep {qty} apart from other digits
          Buy {qty}0                | must keep {qty} apart from other digits
          Buy {qty}.{limit}         | must keep {limit} apart from other digits
          Buy {qty} {limit}         | must have a word between {qty} and {limit}
          Buy {product} {qty}       | must have a word between {product} and {qty}
          Buy {product} {to}        | must have a word between {product} and {to}
          Buy {qty}{product}        | must have a word between {qty} and {product}
          Buy {qty}[ of {to}] {day} | must have a word between {qty} and {day}
          """)
  void refusesATemplateThatCouldMislead(String template, String rule) {
    assertThatThrownBy(() -> Wording.parse(template, KINDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(rule)
        .hasMessageEndingWith("but is \"" + template + "\"");
  }

  @Test
  void tellsItsNames() {
    assertThat(Wording.parse(PURCHASE, KINDS).names()).containsExactly("qty", "product", "limit");
  }

  @Test
  void tellsWhatOfItsOwnTextIsNotAllowed() {
    assertThat(Wording.parse("Buy {qty}?", KINDS).foreign(AUTH0)).isEqualTo("?");
    assertThat(Wording.parse(PURCHASE, KINDS).foreign(KEYCLOAK)).isEmpty();
  }
}
