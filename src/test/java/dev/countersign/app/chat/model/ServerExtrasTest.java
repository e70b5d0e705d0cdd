package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** To whom goes back what a server sent beside its calls. */
@Timeout(60)
class ServerExtrasTest {
  private static final String THOUGHT = "reasoning_content";
  private static final String CALL =
      """
      {"role": "assistant", "content": null, "reasoning_content": "They want a lamp.",
       "tool_calls": [{"id": "a", "type": "function", "function": {"name": "list_requests"}}]}
      """;

  private final ServedModel model = new ServedModel();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void goBackToTheSameModel() {
    String extras = extras(model);

    model.says("Yes.").call(after(extras));

    assertThat(sent(model, 1).path(THOUGHT).asText()).isEqualTo("They want a lamp.");
    assertThat(extras).doesNotContain("localhost", "127.0.0.1");
  }

  @Test
  void goToNoOtherServer() {
    String extras = extras(model);

    try (var other = new ServedModel()) {
      other.says("Yes.").call(after(extras));

      assertThat(sent(other, 0).has(THOUGHT)).isFalse();
      assertThat(other.requests()).isEqualTo(1);
    }
  }

  @Test
  void goToNoOtherModelOfTheServer() {
    String extras = extras(model);

    try (var other = model.named("large")) {
      other.says("Yes.").call(after(extras));

      assertThat(sent(other, 1).has(THOUGHT)).isFalse();
    }
  }

  @Test
  void goBackWhereverTheyCameFromInAnOlderHistory() {
    model.says("Yes.").call(after("{\"message\":{\"reasoning_content\":\"Hm\"},\"calls\":[{}]}"));

    assertThat(sent(model, 0).path(THOUGHT).asText()).isEqualTo("Hm");
  }

  @Test
  void areLeftOutFromThenOnWhereTheServerRefusesThem() {
    String extras = extras(model);
    model.refuses(400, "property 'reasoning_content' is unsupported").says("Yes.");

    ModelReply reply = model.call(after(extras));

    assertThat(reply.text()).isEqualTo("Yes.");
    assertThat(Objects.requireNonNull(reply.terms()).plainHistory()).isNull();
    assertThat(sent(model, 1).has(THOUGHT)).isTrue();
    var without = sent(model, 0);
    assertThat(without.has(THOUGHT)).isFalse();
    assertThat(without.path("tool_calls")).hasSize(1);

    model.answersMessage(CALL);
    assertThat(Objects.requireNonNull(model.call(after(extras)).terms()).extras()).isNull();
    assertThat(sent(model, 0).has(THOUGHT)).isFalse();
    assertThat(model.requests()).isEqualTo(4);
  }

  @Test
  void ofAnotherServerInAnOlderHistoryAreRefusedWithoutHarmToItsOwn() {
    model.refuses(400, "property 'reasoning_content' is unsupported").says("Yes.");

    model.call(after("{\"message\":{\"reasoning_content\":\"Hm\"},\"calls\":[{}]}"));

    assertThat(extras(model)).contains(THOUGHT);
  }

  @Test
  void areSentAgainWhereNotTheyWereRefused() {
    String extras = extras(model);
    model.refuses(400, "Cannot process this").says("Yes.").says("Yes.");

    model.call(after(extras));
    model.call(after(extras));

    assertThat(sent(model, 3).has(THOUGHT)).isTrue();
  }

  @Test
  void areNotKeptWhereTheyAreLongAsTheyAreStored() {
    model.answersMessage(
        CALL.replace("They want a lamp.", "\\n".repeat(10_000))); // three bytes each, with escapes

    assertThat(Objects.requireNonNull(model.call(ServedModel.hello()).terms()).extras()).isNull();
  }

  private static String extras(ServedModel model) {
    TurnTerms terms = model.answersMessage(CALL).call(ServedModel.hello()).terms();
    return Objects.requireNonNull(Objects.requireNonNull(terms).extras());
  }

  /** The message with the call, in the request after so many others. */
  private static JsonNode sent(ServedModel model, int others) {
    for (int i = 0; i < others; i++) {
      model.request();
    }
    return model.request().path("messages").path(2);
  }

  private static ModelCall after(@Nullable String extras) {
    var call = new GuardedToolCall("a", "shop_online", "{\"product\":\"lamp\",\"qty\":2}");
    return new ModelCall(
        List.of(
            ServedModel.said("Buy 2 lamps"),
            new ToolsCalled(null, List.of(call), extras),
            new ToolReturned("a", "shop_online", "Approval requested")),
        ServedModel.ASKER);
  }
}
