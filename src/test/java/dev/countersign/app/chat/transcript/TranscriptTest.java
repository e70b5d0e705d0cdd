package dev.countersign.app.chat.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private static final String THOUGHT = "x".repeat(20_000);

  private final Transcript transcript = new Transcript(List.of());

  @Test
  void numbersWhatTheUserSeesAndHidesToolCalls() {
    say(ChatRole.USER, "Buy");
    callTool("a");
    say(ChatRole.ASSISTANT, "Look at your phone.");

    assertThat(transcript.messages()).extracting(ChatMessage::id).containsExactly(1, 2);
  }

  @Test
  void givesTheModelAllOfAShortTranscript() {
    say(ChatRole.ASSISTANT, "A notice before any question");
    say(ChatRole.USER, "Buy");
    callTool("a");
    say(ChatRole.ASSISTANT, "Look at your phone.");

    assertThat(transcript.forModel(Integer.MAX_VALUE)).isEqualTo(transcript.entries());
  }

  @Test
  void givesTheModelTheNewestWholeTurnsOfALongTranscript() {
    for (int i = 0; i < 100; i++) {
      say(ChatRole.USER, "x".repeat(999));
      callTool("call-" + i);
      say(ChatRole.ASSISTANT, "y".repeat(999));
    }

    List<Entry> window = transcript.forModel(Integer.MAX_VALUE);

    assertThat(window.size()).isBetween(100, 128).matches(size -> size % 4 == 0);
    assertThat(window.getFirst())
        .isInstanceOfSatisfying(
            Said.class, said -> assertThat(said.message().role()).isEqualTo(ChatRole.USER));
    assertThat(window.stream().filter(ToolsCalled.class::isInstance))
        .hasSameSizeAs(window.stream().filter(ToolReturned.class::isInstance).toList());
    assertThat(window).endsWith(transcript.entries().getLast());
  }

  @Test
  void countsLittleOfLongThoughts() {
    for (int i = 0; i < 5; i++) {
      say(ChatRole.USER, "Buy");
      callTool("call-" + i, MarkedExtras.of("0123456789abcdef", "{\"a\":\"" + THOUGHT + "\"}"));
    }

    assertThat(transcript.forModel(Integer.MAX_VALUE)).hasSize(15);
    assertThat(Transcript.bytes(transcript.entries())).isBetween(10_000, 11_000);
  }

  @Test
  void countsAllOfLongThoughtsInHistoriesThatHaveNoMarks() {
    for (int i = 0; i < 5; i++) {
      say(ChatRole.USER, "Buy");
      callTool("call-" + i, "{\"a\":\"" + THOUGHT + "\"}");
    }

    assertThat(transcript.forModel(Integer.MAX_VALUE)).hasSize(9);
  }

  @Test
  void givesTheModelTheNewestTurnHoweverLong() {
    say(ChatRole.USER, "first");
    say(ChatRole.USER, "€".repeat(30_000));

    assertThat(transcript.forModel(Integer.MAX_VALUE))
        .containsExactly(transcript.entries().getLast());
  }

  private void say(ChatRole role, String text) {
    transcript.say(role, text, Instant.EPOCH, null);
  }

  private void callTool(String id) {
    callTool(id, null);
  }

  private void callTool(String id, @Nullable String extras) {
    var call = new GuardedToolCall(id, "shop_online", "{\"product\":\"lamp\",\"qty\":1}");
    transcript.toolsCalled(null, List.of(call), extras);
    transcript.toolReturned(call, "Approval requested");
  }
}
