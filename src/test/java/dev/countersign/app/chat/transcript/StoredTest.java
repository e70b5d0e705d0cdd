package dev.countersign.app.chat.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredTest {
  private static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x100 : Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }

  @Test
  void countsEveryCharacterAsItIsWritten() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      String text = random(random);

      assertThat(Stored.textBytes(text) + 2).isEqualTo(Stored.bytes(text));
    }
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(Stored.cut("😀😀😀", 35)).isEqualTo("😀😀…");
    assertThat(Stored.cut("\u0001\u0001\u0001", 12)).isEqualTo("\u0001\u0001…");
    assertThat(Stored.cut("short", 5)).isEqualTo("short");
  }
}
