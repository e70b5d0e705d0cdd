package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments as models write them. */
class JsonArgumentsTest {
  record Address(String street, int number) {}

  static class Tools {
    @RequiresApproval(message = "Send {qty} {product}[ for {limit}][ to {address.street}]")
    void send(
        String product,
        int qty,
        @Nullable BigDecimal limit,
        @Nullable Address address,
        boolean gift) {}
  }

  private static final Method SEND =
      Arrays.stream(Tools.class.getDeclaredMethods())
          .filter(method -> method.getName().equals("send"))
          .findAny()
          .orElseThrow();

  private static final GuardedMethod METHOD =
      new GuardedMethod(Tools.class, SEND, SEND.getAnnotation(RequiresApproval.class));

  @Test
  void areReadInTheOrderOfTheParameters() {
    assertThat(
            JsonArguments.read(
                METHOD,
                """
                {"gift": true, "qty": 2, "product": "lamp", "limit": 99.90, "colour": "red",
                 "address": {"street": "Elm Street", "number": 5, "floor": 1}}
                """))
        .containsExactly("lamp", 2, new BigDecimal("99.90"), new Address("Elm Street", 5), true);
  }

  @Test
  void areNullWhereTheyAreNotThere() {
    assertThat(JsonArguments.read(METHOD, "{\"qty\": 2, \"limit\": null, \"gift\": false}"))
        .containsExactly(null, 2, null, null, false);
  }

  @ParameterizedTest
  @CsvSource({"2.0, 2", "'\"2\"', 2", "2e1, 20", "'\"2.00\"', 2"})
  void takeAWholeNumberHoweverItIsWritten(String written, int number) {
    assertThat(JsonArguments.read(METHOD, "{\"qty\": " + written + ", \"gift\": false}"))
        .contains(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1]                                              | The arguments are not a JSON object
          {"qty": 1                                        | The arguments are not a JSON object
          {"qty": 1, "qty": 1000}                          | The arguments are not a JSON object
          {"qty": 1e9999999999, "gift": true}              | The arguments are not a JSON object
          {"gift": true}                                   | qty is missing
          {"qty": 1.5, "gift": true}                       | qty must be a whole number
          {"qty": "many", "gift": true}                    | qty must be a whole number
          {"qty": 99999999999, "gift": true}               | qty must be a whole number
          {"qty": 1e999999999, "gift": true}               | qty must be a whole number
          {"qty": true, "gift": true}                      | qty must be a whole number
          {"qty": 1, "gift": "yes"}                        | gift must be true or false
          {"qty": 1, "gift": true, "limit": "a lot"}       | limit must be a number
          {"qty": 1, "gift": true, "product": ["lamp"]}    | product must be a text
          {"qty": 1, "gift": true, "address": "Elm Street"} | address must be of another form
          """)
  void areRefusedWithAWordForEach(String json, String problem) {
    assertThatThrownBy(() -> JsonArguments.read(METHOD, json))
        .isInstanceOfSatisfying(
            InvalidArgumentsException.class, e -> assertThat(e.problems()).containsExactly(problem))
        .hasMessage("Nothing was done, and nobody was asked: " + problem + ".");
  }
}
