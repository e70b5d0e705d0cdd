package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  @NullSource
  @ValueSource(strings = {"", " \n ", "\u200b"})
  void nullWhenThereIsNothingToRead(String words) {
    assertThat(Words.clean(words)).isNull();
  }
}
