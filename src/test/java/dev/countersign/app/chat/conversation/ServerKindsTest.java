package dev.countersign.app.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.app.chat.model.WiredModel;
import dev.countersign.app.chat.model.server.ModelServer;
import dev.countersign.app.chat.model.server.ServerKinds;
import dev.countersign.app.chat.model.server.UnreadyServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same conversation with a model server of each kind, over HTTP. */
@Timeout(120)
class ServerKindsTest {
  private @Nullable ModelServer server;
  private @Nullable WiredModel model;

  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed(wired());

  /** Of the server that a test starts. */
  private ModelActivities wired() {
    return call -> Objects.requireNonNull(model).callModel(call);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  static Stream<Arguments> kindsWithAndWithoutStreams() {
    return Arrays.stream(ServerKinds.values())
        .flatMap(kind -> Stream.of(arguments(kind, true), arguments(kind, false)));
  }

  @ParameterizedTest
  @MethodSource("kindsWithAndWithoutStreams")
  void holdsAWholeConversation(ServerKinds kind, boolean streams) {
    ModelServer server = start(kind.start(), streams);

    new WholeConversation(bed, server).hold(1);

    assertThat(server.requests().stream().anyMatch(it -> it.path("stream").asBoolean()))
        .isEqualTo(streams);
  }

  /** No markup is shown, nothing is asked, and the operator's part is named, at once. */
  @ParameterizedTest
  @EnumSource
  void saysThatTheServerIsNotSetUpForTools(UnreadyServers kind) {
    start(kind.start(), true);
    Instant asked = Instant.now();

    TurnAnswer answer = bed.begin("Buy 2 headphones");

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(answer.callIds()).isEmpty();
    assertThat(said(answer))
        .contains("operator")
        .doesNotContain("shop_online", "{", "<", "TOOL_CALLS");
  }

  private ModelServer start(ModelServer started, boolean streams) {
    server = started;
    model = new WiredModel(started.url(), "sk-test", "a-model", streams);
    return started;
  }

  private static String said(TurnAnswer answer) {
    return answer.messages().getLast().text();
  }
}
