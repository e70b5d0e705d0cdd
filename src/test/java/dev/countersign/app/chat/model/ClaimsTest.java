package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Great news: your 2 lamps are ordered.",
        "Your 2 lamps have been ordered and will arrive tomorrow.",
        "Great news, no further steps needed!",
        "I've ordered 2 lamps for you!",
        "Result: I ordered 2 lamps online.",
        "Shop online: bought 2 lamps.",
        "Your order has been placed successfully.",
        "Ordered!",
        "Your lamps are on their way.",
        "The transfer went through.",
        "Ihre 2 Lampen wurden bestellt.",
        "Vos 2 lampes ont été commandées.",
        "Las 2 lámparas han sido pedidas."
      })
  void leavesOutWhatSaysThatSomethingWasDone(String claim) {
    assertThat(Claims.leftOut(claim)).isNull();
    assertThat(Claims.leftOut("Well. " + claim + " Anything else?"))
        .isEqualTo("Well. Anything else?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Nothing was ordered.",
        "You denied it, so the lamps were not ordered.",
        "Once you approve, they will be ordered.",
        "Please look at your phone.",
        "Have you already approved it?",
        "I have not ordered the lamps.",
        "Have you bought a lamp before?",
        "Please approve it now to have the order placed.",
        "- one\n- two\n\nThat is all.",
        "Ihre Lampen wurden nicht bestellt.",
        "I have asked your phone whether to buy 2 lamps.",
        "The list is unordered: a.",
        "𠮷ordered!"
      })
  void leavesInWhatDoesNot(String sentence) {
    assertThat(Claims.leftOut(sentence)).isEqualTo(sentence);
  }

  @Test
  void findsThatSomethingWasBegun() {
    assertThat(Claims.isIn("Your approval is needed: \"Do you want to buy 1 chair\".")).isTrue();
    assertThat(Claims.isIn("Your phone is asking you.")).isTrue();
    assertThat(Claims.isIn("You're welcome! Enjoy your headphones!")).isFalse();
  }

  @Test
  void findsAClaimAmongOtherSentences() {
    assertThat(Claims.isIn("Hello. Your lamp is ordered.")).isTrue();
    assertThat(Claims.isIn("Hello. What shall I buy?")).isFalse();
  }

  /** Nobody may keep a workflow busy by an answer. */
  @ParameterizedTest
  @ValueSource(strings = {".", "a.", "\n", ". ", "!?"})
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isDoneWithLongTextsInNoTime(String part) {
    assertThat(Claims.isIn(part.repeat(32_000 / part.length()))).isFalse();
  }
}
