package dev.countersign.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.guard.schema.ArgumentType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard takes for the same has the same text. */
class EqualArgumentsTest {
  private static final ArgumentType.Members TYPE =
      JsonSchema.of(
              """
              {"type": "object", "properties": {
                "amount": {"type": "number"},
                "note": {"type": ["string", "null"]},
                "to": {"type": "object", "properties": {"name": {"type": "string"}}},
                "items": {"type": "array", "items": {"type": "object"}}}}
              """)
          .type();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"amount": 5, "note": "x"}           | {"note": "x", "amount": 5}
          {"amount": 5}                        | {"amount": 5, "note": null}
          {"amount": 5}                        | {"amount": "5"}
          {"amount": 12.5}                     | {"amount": "12.50"}
          {"amount": 100}                      | {"amount": 1e2}
          {"amount": 5}                        | {"amount": 5, "currency": "EUR"}
          {"to": {"name": "x"}}                | {"to": {"name": "x", "street": null}}
          {"to": {}}                           | {"to": {"name": null}}
          {"items": [{"a": 1}]}                | {"items": [{"a": 1.0, "b": null}]}
          """)
  void isTheSameOfEqualOnes(String one, String other) {
    assertThat(EqualArguments.of(one, TYPE)).isEqualTo(EqualArguments.of(other, TYPE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"amount": 5}          | {"amount": 6}
          {"amount": 5}          | {"amount": "five"}
          {"note": "1.1"}        | {"note": "1.10"}
          {"items": ["1.1"]}     | {"items": ["1.10"]}
          {"items": [null]}      | {"items": []}
          {"note": "null"}       | {}
          {"amount": 5           | {"amount": 6
          {"amount": 1e9999999999} | {"amount": 2e9999999999}
          """)
  void isAnotherOfOthers(String one, String other) {
    assertThat(EqualArguments.of(one, TYPE)).isNotEqualTo(EqualArguments.of(other, TYPE));
  }
}
