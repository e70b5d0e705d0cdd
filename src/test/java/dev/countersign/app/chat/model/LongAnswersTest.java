package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer as long as a server may send one takes no longer to be read than it is long. */
class LongAnswersTest {
  private static final int LONGEST = 400_000;

  private final ServedModel model = new ServedModel();

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        "```a\n",
        "\t ```a ``\n",
        "`` a",
        "`a ",
        "a<think>",
        "a<reasoning> </think",
        "a◁think▷",
        "a<|START_THINKING|>",
        "a <|channel|>x",
        "a(b=) ",
        "a(b=)\n",
        "a( ",
        "```json {} ",
        "\"name\" : ",
        "Is it ordered? I have "
      })
  void areReadInTimeWhateverIsBegunInThem(String begun) {
    model.says(begun.repeat(LONGEST / begun.length()));

    assertThat(model.call(ServedModel.hello()).text()).startsWith(begun.strip()).endsWith("…");
  }
}
