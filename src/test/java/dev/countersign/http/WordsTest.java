package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  @Test
  void lineBreaksAndInvisibleCharactersBecomeSingleSpaces() {
    assertThat(Words.clean(" one\r\n\ttwo\u202ethree\u0000 four ")).isEqualTo("one two three four");
  }

  @Test
  void longWordsAreCutBetweenCharacters() {
    String cleaned = Words.clean("😀".repeat(1_000));

    assertThat(cleaned).isEqualTo("😀".repeat(Words.MAX_LENGTH - 1) + "…");
  }

  @Test
  void secretsAreHiddenBeforeWordsAreCut() {
    String secret = "s3cret".repeat(50);

    assertThat(Words.clean("x".repeat(250) + secret, secret)).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "client_secret=s3cr%26t+%2B%C3%BC-and-more&x,  client_secret=[hidden]&x",
    "client_secret=s3cr%26t+%2b%c3%bc-and-more&x,  client_secret=[hidden]&x",
    "bad S3CR&T +Ü-AND-MORE here,                  bad [hidden] here",
    "bad s3cr&t +ü-an… here,                       bad [hidden]… here",
    "s3cr&t is too short,                          s3cr&t is too short",
    "s3cr&t +ü-and-mores3cr&t +ü-and-more,         [hidden][hidden]"
  })
  void secretsAreHiddenHoweverTheyAreWritten(String words, String shown) {
    assertThat(Words.clean(words, "", "s3cr&t +ü-and-more")).isEqualTo(shown);
  }

  @Test
  void shortSecretsAreHiddenWhole() {
    assertThat(Words.clean("471, 4711, 47114711", "4711"))
        .isEqualTo("471, [hidden], [hidden][hidden]");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \n ", "\u200b"})
  void nullWhenThereIsNothingToRead(String words) {
    assertThat(Words.clean(words)).isNull();
  }
}
