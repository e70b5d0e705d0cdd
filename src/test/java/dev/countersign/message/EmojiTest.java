package dev.countersign.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          🎧 headphones          | headphones
          headphones🎧           | headphones
          blue 🎧 🎧 headphones  | blue headphones
          head🎧phones           | head phones
          iPhone 1🎧5            | iPhone 1 5
          ☎️ telephone           | telephone
          👩🏽‍⚕️ nurse's watch      | nurse's watch
          👨‍👩‍👧‍👦 family tent       | family tent
          🇩🇪 flag               | flag
          🏴󠁧󠁢󠁳󠁣󠁴󠁿 kilt               | kilt
          iPhone 5️⃣             | iPhone 5
          🖥 screen              | screen
          ❤️ mug                 | mug
          👍🏿                    | ""
          🎧🎧                   | ""
          """)
  void takesPicturesOut(String text, String plain) {
    assertThat(Emoji.removedFrom(text)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headphones",
        "  two  spaces ",
        "Kopfhörer „Größe 2“",
        "日本語 ヘッドホン",
        "C# & C++ 100% ©2020 ®™",
        "A ↔ B ☎ ✔ ★",
        "2➕1 drill 🔟 💯 🆗 🅰",
        "a\u200Bb",
        "x\uFE0F"
      })
  void leavesWhatMeansSomethingAlone(String text) {
    assertThat(Emoji.removedFrom(text)).isEqualTo(text);
  }

  @Test
  void takesNothingElseFromATextThatHasSome() {
    assertThat(Emoji.removedFrom("🎁 2  x  55\" TV")).isEqualTo("2  x  55\" TV");
  }

  /** Nobody may keep a processor busy by a name. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "\uD83D\uDE00", "\uD83D\uDE00\u200D"})
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isDoneWithLongTextsInNoTime(String part) {
    String text = part.repeat(16_000) + "x";

    assertThat(Emoji.removedFrom(text)).endsWith("x");
  }
}
