package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmissionsTest {
  private static final Map<String, String> WORDS = Map.of("the secret", "s3cret?+/word");

  private final Emissions emissions = new Emissions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a s3cret?+/word b",
        "a s3cret%3F%2B%2Fword b",
        "a s3cret%3f%2b%2fword b",
        "7333637265743f2b2f776f7264",
        "7333637265743F2B2F776F7264"
      })
  void findsWhateverCanBeRead(String said) {
    emissions.add("log", said);

    assertThat(emissions.find(WORDS, "log")).isNotEmpty().first().asString().contains("the secret");
    assertThat(emissions.find(WORDS, "history")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xy", "xyz", "{\"a\":\""})
  void findsItInBase64WhereverItStands(String before) {
    byte[] bytes = (before + "s3cret?+/word" + before).getBytes(UTF_8);
    emissions.add("log", Base64.getEncoder().encodeToString(bytes));
    emissions.add("cookie", Base64.getUrlEncoder().encodeToString(bytes));

    assertThat(emissions.find(WORDS, "log")).isNotEmpty();
    assertThat(emissions.find(WORDS, "cookie")).isNotEmpty();
  }

  @Test
  void findsNothingElse() {
    emissions.add("log", "s3cret? + /word " + Base64.getEncoder().encodeToString(new byte[99]));

    assertThat(emissions.find(WORDS, "log")).isEmpty();
    assertThat(emissions.length("log")).isGreaterThan(100);
  }
}
