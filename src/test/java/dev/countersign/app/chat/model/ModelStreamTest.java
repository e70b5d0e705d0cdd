package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import okio.BufferedSink;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come as streams, as servers of OpenAI's kind send and refuse them. */
@Timeout(60)
class ModelStreamTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DONE = "data: [DONE]\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final ModelCall HELLO =
      new ModelCall(
          List.of(new Said(new ChatMessage(1, ChatRole.USER, "Hello", Instant.EPOCH, null))),
          new Asker("auth0|alice", null, "c-0-1a", 1));

  private final MockWebServer server = new MockWebServer();
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private final List<ModelDraft> drafts = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
    temporal.registerActivitiesImplementations(
        WiredModel.of(
            WiredModel.properties("sk-test", server.url("/v1").toString(), "small"),
            ToolFixtures.tools(),
            new SimpleMeterRegistry()));
    temporal.setActivityHeartbeatListener(
        ModelDraft.class,
        draft -> {
          if (draft != null) {
            drafts.add(draft);
          }
        });
  }

  @AfterEach
  void stop() {
    temporal.close();
    server.close();
  }

  @Test
  void showsWordsWhileTheyCome() throws Exception {
    knowsTheModel();
    CountDownLatch shown = new CountDownLatch(1);
    server.enqueue(stream(words("A lamp ") + words("costs "), shown, words("5.") + STOP + DONE));

    CompletableFuture<ModelReply> reply = CompletableFuture.supplyAsync(this::call);
    await().until(() -> drafts.contains(new ModelDraft("A lamp costs")));
    assertThat(reply).isNotDone();
    shown.countDown();

    assertThat(reply.get(20, TimeUnit.SECONDS).text()).isEqualTo("A lamp costs 5.");
    JsonNode request = request(2);
    assertThat(request.path("stream").asBoolean()).isTrue();
    assertThat(request.at("/stream_options/include_usage").asBoolean()).isTrue();
  }

  @Test
  void showsWhatTheTurnHasDoneBeforeTheFirstWordComes() throws Exception {
    CountDownLatch shown = new CountDownLatch(1);
    server.enqueue(stream("", shown, words("Done.") + STOP + DONE));

    CompletableFuture<ModelReply> reply =
        CompletableFuture.supplyAsync(() ->
            call(
                new ModelCall(
                    HELLO.transcript(),
                    HELLO.asker(),
                    null,
                    new TurnSoFar("Your approval is needed.", Instant.EPOCH, TokenUse.NONE))));
    await().until(() -> drafts.contains(new ModelDraft("Your approval is needed.")));
    shown.countDown();

    assertThat(reply.get(20, TimeUnit.SECONDS).text()).isEqualTo("Done.");
  }

  @Test
  void endsTheAnswerWithWhatCameWhenTheUserWantsNoMore() throws Exception {
    knowsTheModel();
    CountDownLatch never = new CountDownLatch(1);
    server.enqueue(stream(words("A lamp costs "), never, words("5.") + STOP + DONE));

    CompletableFuture<ModelReply> reply = CompletableFuture.supplyAsync(this::call);
    await().until(() -> drafts.contains(new ModelDraft("A lamp costs")));
    temporal.requestCancelActivity();

    ModelReply stopped = reply.get(20, TimeUnit.SECONDS);
    assertThat(stopped.text()).isEqualTo("A lamp costs");
    assertThat(stopped.calls()).isEmpty();
    assertThat(stopped.terms()).isNotNull();
    never.countDown();
  }

  @Test
  void readsAStreamAsServersWriteIt() {
    server.enqueue(
        events(
            ": PROCESSING\r\n\r\nevent: message\r\n"
                + "data:{\"choices\":[]}\r\n\r\n"
                + words("A lamp ")
                + "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"costs \"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"5.\"}]}}]}\n"
                + STOP));

    assertThat(call().text()).isEqualTo("A lamp costs 5.");
  }

  @Test
  void takesAnAnswerThatComesWholeAllTheSame() {
    server.enqueue(whole("A lamp costs 5."));

    assertThat(call().text()).isEqualTo("A lamp costs 5.");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void takesEventsThatAreCalledSomethingElse() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "text/plain")
            .body(words("A lamp costs 5.") + STOP + DONE)
            .build());

    assertThat(call().text()).isEqualTo("A lamp costs 5.");
  }

  @Test
  void countsTheTokensOfALastChunkWithoutChoices() {
    server.enqueue(
        events(
            words("5.")
                + STOP
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n"
                + DONE));

    assertThat(call().usage()).isEqualTo(new TokenUse(7, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // OpenAI: pieces by their index
        """
        [{"index":0,"id":"a1","type":"function","function":{"name":"shop_online","arguments":""}}]
        [{"index":0,"function":{"arguments":"{\\"qty\\":2,\\"product\\":"}}]
        [{"index":0,"function":{"arguments":"\\"lamp\\"}"}}]
        [{"index":1,"id":"a2","type":"function","function":{"name":"list_requests","arguments":"{}"}}]
        """,
        // Ollama and Gemini: each whole, and each the first
        """
        [{"index":0,"id":"a1","function":{"name":"shop_online","arguments":"{\\"qty\\":2,\\"product\\":\\"lamp\\"}"}}]
        [{"index":0,"id":"a2","function":{"name":"list_requests","arguments":"{}"}}]
        """,
        """
        [{"index":0,"id":"","function":{"name":"shop_online","arguments":"{\\"qty\\":2,\\"product\\":\\"lamp\\"}"}}]
        [{"index":0,"id":"","function":{"name":"list_requests","arguments":"{}"}}]
        """,
        // always the first, and in pieces
        """
        [{"index":0,"id":"a1","function":{"name":"shop_online","arguments":"{\\"qty\\":2,"}}]
        [{"index":0,"function":{"arguments":"\\"product\\":\\"lamp\\"}"}}]
        [{"index":0,"id":"a2","function":{"name":"list_requests","arguments":""}}]
        [{"index":0,"function":{"arguments":"{}"}}]
        """,
        // pieces of one between pieces of the other
        """
        [{"index":0,"id":"a1","function":{"name":"shop_online","arguments":"{\\"qty\\":2,"}}]
        [{"index":1,"id":"a2","function":{"name":"list_requests","arguments":""}}]
        [{"index":0,"function":{"arguments":"\\"product\\":\\"lamp\\"}"}}]
        [{"index":1,"function":{"arguments":"{}"}}]
        """,
        // arguments as an object, and both in one chunk
        """
        [{"id":"a1","function":{"name":"shop_online","arguments":{"qty":2,"product":"lamp"}}},{"id":"a2","function":{"name":"list_requests","arguments":{}}}]
        """,
        // name and id with each piece again
        """
        [{"index":0,"id":"a1","function":{"name":"shop_online","arguments":"{\\"qty\\":2,\\"product\\""}}]
        [{"index":0,"id":"a1","function":{"name":"shop_online","arguments":":\\"lamp\\"}"}}]
        [{"index":1,"id":"a2","function":{"name":"list_requests","arguments":"{}"}}]
        """,
        // no index at all
        """
        [{"id":"a1","function":{"name":"shop_online","arguments":"{\\"qty\\":2,\\"product\\":"}}]
        [{"function":{"arguments":"\\"lamp\\"}"}}]
        [{"id":"a2","function":{"name":"list_requests","arguments":"{}"}}]
        """
      })
  void putsCallsTogetherHoweverTheyAreStreamed(String pieces) {
    var body = new StringBuilder();
    pieces
        .lines()
        .forEach(piece ->
            body.append("data: {\"choices\":[{\"delta\":{\"tool_calls\":")
                .append(piece)
                .append("}}]}\n\n"));
    server.enqueue(events(body + STOP + DONE));

    ModelReply reply = call();

    assertThat(reply.calls())
        .extracting(ToolCall::tool)
        .containsExactly("shop_online", "list_requests");
    assertThat(((GuardedToolCall) reply.calls().getFirst()).arguments()).contains("\"lamp\"");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void passesOverALastChunkThatHasAllOfTheAnswerOnceMore() {
    server.enqueue(
        events(
            words("A lamp ")
                + words("costs 5.")
                + "data: {\"choices\":[{\"message\":{\"content\":\"A lamp costs 5.\"},"
                + "\"finish_reason\":\"stop\"}]}\n\n"
                + DONE));

    assertThat(call().text()).isEqualTo("A lamp costs 5.");
  }

  @Test
  void keepsToStreamsWhenWhatWasRefusedIsNotTheStream() throws Exception {
    server.enqueue(events(words("Hello.") + STOP + DONE));
    server.enqueue(
        new MockResponse.Builder()
            .code(400)
            .body("{\"error\":{\"message\":\"Streaming is not supported now\"}}")
            .build());
    server.enqueue(whole("Hello again."));
    server.enqueue(events(words("And again.") + STOP + DONE));

    assertThat(call().text()).isEqualTo("Hello.");
    assertThat(call().text()).isEqualTo("Hello again.");
    assertThat(call().text()).isEqualTo("And again.");

    assertThat(request(4).path("stream").asBoolean()).isTrue();
  }

  @Test
  void triesAnErrorAboutAStreamThatBrokeOffAgainAsAStream() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(503)
            .body("{\"error\":{\"message\":\"stream disconnected before completion\"}}")
            .build());

    assertThat(trouble()).isNotEqualTo("none");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void asksOnceMoreWithoutAStreamWhereCallsOfAStreamCanNotBeRead() throws Exception {
    server.enqueue(
        events(
            "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a1\",\"function\":"
                + "{\"name\":\"shop_online\",\"arguments\":\"{\\\"product\\\":\\\"lamp\"}}]}}]}\n\n"
                + STOP
                + DONE));
    server.enqueue(
        json(
            "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"a1\",\"function\":{\"name\":"
                + "\"shop_online\",\"arguments\":\"{\\\"product\\\":\\\"lamp\\\"}\"}}]}}]}"));

    assertThat(call().calls()).extracting(ToolCall::tool).containsExactly("shop_online");
    assertThat(request(2).path("stream").asBoolean()).isFalse();
  }

  /** So LiteLLM passes on a server that answers whole where a stream was asked for. */
  @Test
  void asksOnceMoreWithoutAStreamWhereAStreamHasNothingInIt() throws Exception {
    server.enqueue(events(STOP + DONE));
    server.enqueue(whole("Hello."));

    assertThat(call().text()).isEqualTo("Hello.");
    assertThat(request(2).path("stream").asBoolean()).isFalse();
  }

  @Test
  void keepsWhatAServerStreamsOfItsOwnToSendItBack() {
    server.enqueue(
        events(
            "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"They want \"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"lamps.\"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"t\",\"index\":0,"
                + "\"text\":\"La\"}]}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"reasoning_details\":[{\"type\":\"t\",\"index\":0,"
                + "\"text\":\"mps\",\"signature\":\"s\"}]}}]}\n\n"
                + words("Hello.")
                + STOP
                + DONE));

    String extras = Objects.requireNonNull(Objects.requireNonNull(call().terms()).extras());

    assertThat(extras)
        .contains("\"reasoning_content\":\"They want lamps.\"")
        .contains("{\"type\":\"t\",\"index\":0,\"text\":\"Lamps\",\"signature\":\"s\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "422|{\"detail\":[{\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs\"}]}|true",
        "400|{\"error\":{\"message\":\"Unknown parameter: 'stream_options.include_usage'\"}}|true",
        "400|{\"error\":{\"message\":\"Streaming is not supported\"}}|false",
        "500|{\"error\":{\"message\":\"Cannot use tools with stream\"}}|false",
        "400|{\"error\":{\"message\":\"Bad Request\"}}|false",
        "406|Not Acceptable|false",
      })
  void asksFromThenOnAsTheServerLetsItselfBeAsked(int status, String words, boolean streams)
      throws Exception {
    server.enqueue(new MockResponse.Builder().code(status).body(words).build());
    server.enqueue(whole("Hello."));
    server.enqueue(whole("Hello again."));

    assertThat(call().text()).isEqualTo("Hello.");
    assertThat(call().text()).isEqualTo("Hello again.");

    for (int i = 2; i <= 3; i++) {
      JsonNode request = request(i == 2 ? 2 : 1);
      assertThat(request.path("stream").asBoolean()).isEqualTo(streams);
      assertThat(request.has("stream_options")).isFalse();
    }
  }

  @Test
  void takesNoWordOfWhatIsUpstreamForOneOfStreams() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .body("{\"error\":{\"message\":\"upstream refused the key\"}}")
            .build());

    assertThat(trouble()).isEqualTo("ModelNotSetUp");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "data: {\"error\":{\"code\":402,\"message\":\"Insufficient credits\"}}|ModelQuotaUsedUp",
        "event: error|ModelQuotaUsedUp",
        "data: {\"choices\":null,\"error_type\":\"b\",\"error_message\":\"Insufficient balance\"}|ModelQuotaUsedUp",
      })
  void takesAnErrorInAStreamForWhatItIs(String line, String trouble) {
    String rest =
        line.startsWith("event")
            ? "\ndata: {\"code\":402,\"message\":\"Insufficient credits\"}\n\n"
            : "\n\n";
    server.enqueue(events(words("A lamp ") + line + rest));

    assertThat(trouble()).isEqualTo(trouble);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: {\"choices\":[{\"del"})
  void takesAStreamThatBreaksOffForNoAnswer(String end) {
    server.enqueue(events(words("A lamp ") + end));

    assertThat(trouble()).isNotEqualTo("ModelAnswerUnreadable").isNotEqualTo("none");
  }

  private ModelReply call() {
    return call(HELLO);
  }

  private ModelReply call(ModelCall call) {
    return temporal.newActivityStub(ModelActivities.class).callModel(call);
  }

  private String trouble() {
    ActivityFailure failure = Assertions.catchThrowableOfType(ActivityFailure.class, this::call);
    return failure.getCause() instanceof ApplicationFailure cause ? cause.getType() : "none";
  }

  /** What the first answer of a model is, that may be shown only when it is there. */
  private void knowsTheModel() {
    server.enqueue(whole("Hello."));
    call();
  }

  /** The body of a request, counted from those that were not looked at. */
  private JsonNode request(int number) throws Exception {
    @Nullable JsonNode body = null;
    for (int i = 0; i < number; i++) {
      body = JSON.readTree(Objects.requireNonNull(server.takeRequest().getBody()).utf8());
    }
    return Objects.requireNonNull(body);
  }

  private static String words(String text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  private static MockResponse whole(String text) {
    return json(
        "{\"choices\":[{\"message\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}");
  }

  private static MockResponse json(String body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  private static MockResponse events(String body) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "text/event-stream")
        .body(body)
        .build();
  }

  /** Sends the rest only when a latch opens. */
  private static MockResponse stream(String first, CountDownLatch latch, String rest) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "text/event-stream")
        .body(
            new MockResponseBody() {
              @Override
              public long getContentLength() {
                return -1;
              }

              @Override
              public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8(first);
                sink.flush();
                try {
                  if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("Nobody wanted the rest");
                  }
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                sink.writeUtf8(rest);
                sink.flush();
              }
            })
        .build();
  }
}
