package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingMessageRulesTest {
  private static final String AUTH0 = "[A-Za-z0-9 +\\-_.,:#]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Do you want to buy {product}                 | contain {qty} once
          Do you want to buy {qty} pieces              | contain {product} once
          Buy {qty} {product} {product}                | contain {product} once
          Buy {qty} or {qty} {product}                 | contain {qty} once
          Buy {qty}[ {product} for {priceLimit}]       | contain {product} once, and not in square brackets
          Buy {product}[, {qty} for {priceLimit}]      | contain {qty} once, and not in square brackets
          Buy {qty} {product} for {priceLimit}         | in square brackets, for a purchase may have none
          Buy {qty} {product}[ for much]               | have {priceLimit} in its square brackets
          Buy {qty} {product}[ for {priceLimit}        | close each [ by a ]
          Buy {qty} {product}[ [for {priceLimit}]]     | close each [ by a ]
          Buy {qty} {product} {colour}                 | name nothing but
          Buy {qty} {product} {                        | close each { by a }
          Buy 1{qty} {product}                         | keep {qty} and {priceLimit} apart
          Buy {qty}0 {product}                         | keep {qty} and {priceLimit} apart
          Buy {qty}{product}                           | keep {qty} and {priceLimit} apart
          Buy {product}{qty}                           | keep {qty} and {priceLimit} apart
          Buy {qty}.{product}                          | keep {qty} and {priceLimit} apart
          Buy {qty} {product}[,{priceLimit}]           | keep {qty} and {priceLimit} apart
          Buy {product} {qty}                          | have a word between
          Buy {product}, {qty}                         | have a word between
          Buy {qty} {product}[ {priceLimit}]           | have a word between
          Buy {qty}[ {priceLimit}] {product}           | have a word between
          [For {priceLimit} ]{product}: buy {qty}      | have a word between
          Buy 1 {qty} {product}                        | have a word between
          Buy {qty} 000 {product}                      | have a word between
          Do you want to buy {qty} {product}?          | allowed characters only, but "Do you want to buy {qty} {product}?" has "?"
          """)
  void refusesATemplateAndSaysWhy(String template, String sentence) {
    assertThatThrownBy(() -> new BindingMessageRules(template, AUTH0, 64, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("template must ")
        .hasMessageContaining(sentence)
        .hasMessageContaining(template);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A-Z      |    | characters must be a character class
          [A-Z     |    | characters must be a character class
          [A-Z[]   |    | characters must be a character class
          [{qtypoducBy} A-Z0-8.] |  | characters must allow all of 0123456789,
          [a-z{}B 0-9] |    | characters must allow one of … . - _
          [A-Za-z0-9.] |    | replacement must be set where characters allows no space
          [A-Za-z0-9 .] | _ | replacement must be _ or -, and one of the allowed characters, but is _
          [A-Za-z0-9 .] | x | replacement must be _ or -
          [A-Za-z0-9 .] | . | replacement must be _ or -
          """)
  void refusesCharactersAndSaysWhy(String characters, String replacement, String sentence) {
    assertThatThrownBy(
            () -> new BindingMessageRules("Buy {qty} {product}", characters, 64, replacement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void refusesAPriceLimitWithoutPoint() {
    assertThatThrownBy(() ->
            new BindingMessageRules(
                "Buy {qty} {product}[ for {priceLimit}]", "[A-Za-z0-9 -]", 64, null))
        .hasMessageContaining("characters must allow all of 0123456789.");
  }

  @Test
  void refusesALengthThatLeavesNoRoomForAName() {
    String template = "Do you want to buy {qty} {product}[ for at most {priceLimit}]";
    int least = "Do you want to buy 1000  for at most 999999999999.99".length() + 8;

    assertThat(new BindingMessageRules(template, AUTH0, least, null).maxLength()).isEqualTo(least);
    assertThatThrownBy(() -> new BindingMessageRules(template, AUTH0, least - 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("max-length must leave at least 8 characters")
        .hasMessageContaining("at least " + least + " with this template, but is " + (least - 1));
  }

  @Test
  void takesATemplateForAProviderOfTwentyCharacters() {
    assertThat(new BindingMessageRules("Buy {qty} {product}", AUTH0, 20, null).maxLength())
        .isEqualTo(20);
  }
}
