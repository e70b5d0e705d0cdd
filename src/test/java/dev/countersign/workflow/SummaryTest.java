package dev.countersign.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void isOneLine() {
    assertThat(Summary.of(" Ask the user:\n Buy 2\tlamps ")).isEqualTo("Ask the user: Buy 2 lamps");
  }

  @Test
  void isCutBeforeTheServerRefusesIt() {
    String cut = Summary.of("日🎧".repeat(500));
    assertThat(cut).startsWith("日🎧日🎧").endsWith("…").doesNotContain("\uFFFD");
    assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(230, 243);
  }
}
