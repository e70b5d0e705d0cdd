package dev.countersign.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCodeTest {
  private static final String MESSAGE = "Buy 2 headphones";
  private static final MessageCode CODE = MessageCode.of("shop_online-1-2");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [ -~]            | " (%s)"
          [A-Za-z0-9 .,:#] | " #%s"
          [A-Za-z0-9 .-]   | " - %s"
          [A-Za-z0-9 .:]   | ": %s"
          [A-Za-z0-9 .]    | ""
          [A-WYZa-z0-9 .]  | ""
          """)
  void standsAtTheEndAsTheProviderAllows(String characters, String end) {
    assertThat(CODE.appendedTo(MESSAGE, new MessageRules(characters, 64, null)))
        .isEqualTo(MESSAGE + end.formatted(CODE));
  }

  @Test
  void standsForASpaceWhatTheProviderHasInItsPlace() {
    MessageRules keycloak = new MessageRules("[a-zA-Z0-9\\-._+/!?#]", 50, "_");
    String message = CODE.appendedTo("Buy_2_headphones", keycloak);
    assertThat(message).isEqualTo("Buy_2_headphones_#" + CODE);
    assertThat(CODE.removedFrom(message)).isEqualTo("Buy_2_headphones");
  }

  @Test
  void isLeftOutWhereItDoesNotFit() {
    assertThat(CODE.appendedTo(MESSAGE, new MessageRules("[ -~]", 23, null)))
        .isEqualTo(MESSAGE + " (" + CODE + ")");
    assertThat(CODE.appendedTo(MESSAGE, new MessageRules("[ -~]", 22, null)))
        .as("a shorter form")
        .isEqualTo(MESSAGE + " #" + CODE);
    assertThat(CODE.appendedTo(MESSAGE, new MessageRules("[ -~]", 21, null))).isEqualTo(MESSAGE);
  }

  @Test
  void isAFunctionOfTheIdWithoutVowelsAndLookAlikes() {
    assertThat(MessageCode.of("shop_online-1-2")).hasToString(CODE.toString());
    assertThat(IntStream.range(0, 1_000).mapToObj(n -> MessageCode.of("id-" + n).toString()))
        .allMatch(code -> code.matches("[B-DF-HJKMNP-RTV-X3479]{4}"))
        .satisfies(codes -> assertThat(codes.stream().distinct().count()).isGreaterThan(980));
  }

  @ParameterizedTest
  @CsvSource({"[ -~]", "[A-Za-z0-9 .#]", "[A-Za-z0-9 .:]", "[A-Za-z0-9 .-]"})
  void isTakenOffAgain(String characters) {
    String message = CODE.appendedTo(MESSAGE, new MessageRules(characters, 64, null));
    assertThat(CODE.removedFrom(message)).isEqualTo(MESSAGE);
    assertThat(MessageCode.of("another").removedFrom(message)).isEqualTo(message);
  }
}
