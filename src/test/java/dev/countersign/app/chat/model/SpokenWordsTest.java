package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of a model's words, where thoughts and marks are among them. */
@Timeout(60)
class SpokenWordsTest {
  private final ServedModel model = new ServedModel();

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Qwen thinks between `<think>` and `</think>`, then it answers.",
        "A thought ends with `</think>` there.",
        "`<think>` is how it begins.",
        "So:\n```\n<think>Hm</think>\n```\nThat is all.",
        "The channel is named by `<|channel|>final<|message|>` there."
      })
  void showsMarksThatAreQuoted(String content) {
    model.says(content);

    assertThat(model.call(ServedModel.hello()).text()).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          <think>They write `x` there.</think>`y` it is. ~ `y` it is.
          <think>They don`t say.</think> It is `tea`. ~ It is `tea`.
          <think>They don`t say.</think>`Tea` it is. ~ `Tea` it is.
          They don`t say.</think> It is `tea`. ~ It is `tea`.
          <think>Is `</think>` meant?</think>Tea. ~ Tea.
          <|channel|>commentary<|message|>I look it up.<|end|> ~ I look it up.
          <|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>commentary<|message|>Tea.<|end|> ~ Tea.
          <|channel|>final <|constrain|>json<|message|>Tea.<|return|> ~ Tea.
          """)
  void showsNoThoughtsAndNoMarks(String content, String shown) {
    model.says(content);

    assertThat(model.call(ServedModel.hello()).text()).isEqualTo(shown);
  }

  @Test
  void showsWhatComesAfterAThoughtThatBeginsOnALineOfItsOwn() {
    model.says("\n <think>They want tea.</think>\n\nTea. <think>Or milk?</think> Or milk.");

    assertThat(model.call(ServedModel.hello()).text()).isEqualTo("Tea.  Or milk.");
  }

  @Test
  void showsNothingOfAThoughtThatNeverEnds() {
    model.says(" <think>They want <reflection>tea");

    assertThat(model.call(ServedModel.hello()).text()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>So:\n```py\nx = 1</think>\nTea:\n```py\nx = 2\n```",
        "<|channel|>commentary<|message|>I look.<|end|><|start|>assistant<|channel|>final<|message|>Tea:"
            + "\n```py\nx = 2\n```"
      })
  void keepsPartsApart(String content) {
    model.says(content);

    assertThat(model.call(ServedModel.hello()).text()).endsWith("Tea:\n```py\nx = 2\n```");
  }
}
