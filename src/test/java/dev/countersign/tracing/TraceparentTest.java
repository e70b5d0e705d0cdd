package dev.countersign.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource({"00, false", "01, true", "03, true"})
  void readsWhatItWrites(String flags, boolean sampled) {
    Traceparent read = Traceparent.read("00-" + TRACE + "-" + SPAN + "-" + flags);

    assertThat(read).isEqualTo(new Traceparent(TRACE, SPAN, sampled));
    assertThat(Traceparent.read(new Traceparent(TRACE, SPAN, sampled).write())).isEqualTo(read);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-" + TRACE + "-" + SPAN,
        "01-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01\r\nX: y"
      })
  void believesNothingElse(@Nullable String text) {
    assertThat(Traceparent.read(text)).isNull();
  }

  @Test
  void makesShortTracesLong() {
    assertThat(Traceparent.of("a3ce929d0e0e4736", SPAN, null))
        .isEqualTo(new Traceparent("0000000000000000a3ce929d0e0e4736", SPAN, false));
    assertThat(Traceparent.of("", "", true)).isNull();
  }
}
