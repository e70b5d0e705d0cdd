package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenSoFarTest {
  private final ModelThoughts thoughts = new ModelThoughts();
  private final SpokenSoFar soFar = new SpokenSoFar(List.of("shop_online", "transfer"), thoughts);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      nullValues = "-",
      value = {
        "A lamp costs~A lamp costs",
        "<think>The user wants~-",
        "<think>Lamps.</think>A lamp costs~A lamp costs",
        "A lamp <thi~A lamp",
        "A lamp <think>hm~A lamp",
        "Prices where a < b are low, as you can see from all of these here~"
            + "Prices where a < b are low, as you can see from all of these here",
        "A lamp. <tool_call>{\"name\"~A lamp.",
        "A lamp. <tool_call>{\"name\": \"shop_online\", \"arguments\": {\"product\": \"lamp\"~A lamp.",
        "{\"name\": \"shop_online\"~-",
        "```json {\"name\": \"shop_online\", \"arguments\": {\"product\": \"a very long lamp\"~-",
        "Here it is: ```json {\"name\": \"shop_online\", \"arguments\": {\"product\"~Here it is:",
        "[shop_online(product=\"lamp\")~-",
        "I call shop_online(product=~I call",
        "I can transfer money~I can transfer money",
        "I can transfer~I can",
        "Two lamps. Your lamps are ordered~Two lamps.",
        "Great news: your~-",
        "Your lamps are~Your lamps are",
        "Shall I see whether they are ordered?~Shall I see whether they are ordered?",
        "<|channel|>analysis<|message|>Lamps~-",
      })
  void holdsBackWhatMayYetBeNoWordsForTheUser(String text, String shown) {
    thoughts.learn("Hello.", FinishReason.STOP);

    assertThat(soFar.of(text)).isEqualTo(shown == null ? "" : shown);
  }

  @Test
  void holdsTheFirstAnswerBackForItMayBeAThoughtThatOnlyEnds() {
    assertThat(soFar.of("Okay, the user wants")).isEmpty();
    assertThat(soFar.of("Okay, the user wants lamps.</think>A lamp")).isEqualTo("A lamp");
  }

  @Test
  void holdsEachAnswerBackUpToTheEndOfItsThoughtWhereOneCameWithoutABeginning() {
    thoughts.learn("Okay, the user wants lamps.</think>A lamp costs 5.", FinishReason.STOP);

    assertThat(soFar.of("Okay, now")).isEmpty();
    assertThat(soFar.of("Okay, now a chair.</think>A chair")).isEqualTo("A chair");
  }

  @Test
  void learnsNothingFromAnAnswerThatWasCutOffAndNeverForgetsAnUnmarkedThought() {
    thoughts.learn("Okay, the user wants", FinishReason.LENGTH);
    assertThat(soFar.of("Okay, the user")).isEmpty();

    thoughts.learn("Okay, lamps.</think>A lamp costs 5.", FinishReason.STOP);
    thoughts.learn("Hello.", FinishReason.STOP);

    assertThat(soFar.of("Okay, the user")).isEmpty();
  }
}
