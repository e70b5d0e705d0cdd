package dev.countersign.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.conversation.ConversationTestBed;
import dev.countersign.app.chat.conversation.TurnAnswer;
import dev.countersign.app.chat.conversation.WholeConversation;
import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.WiredModel;
import dev.countersign.app.chat.model.server.Anthropic;
import dev.countersign.app.chat.model.server.GeminiApi;
import dev.countersign.app.chat.model.server.ModelServer;
import dev.countersign.app.chat.model.server.ServerKinds;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Conversations through LiteLLM's proxy, as it is released: what it passes on, and what it says
 * where it refuses a request, or can't have it answered.
 */
@Tag("gateway")
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class LiteLlmIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WITHOUT_TOOLS = "bedrock/amazon.titan-text-express-v1";
  private static final String NOBODY = "http://127.0.0.1:1/v1";

  /** Of a stream in two forms, or of the history, without what came beside it, and of the calls. */
  private static final int MOST_REFUSALS = 3;

  /** A few attempts, a second apart; without a reason to end, there would be some for 75 s. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final Map<Behind, ModelServer> SERVERS = new EnumMap<>(Behind.class);
  private static final ModelServer ANTHROPIC = new ModelServer(new Anthropic());
  private static final ModelServer GEMINI = new ModelServer(new GeminiApi());
  private static final MockWebServer BUSY = new MockWebServer();
  private static final MockWebServer BEDROCK = new MockWebServer();
  private static final List<LiteLlmModel> MODELS = new ArrayList<>();
  private static LiteLlmProxy proxy;

  /** Which servers, and as whose the proxy is told to take them. */
  enum Behind {
    OPENAI(ServerKinds.OPENAI, "openai"),
    AZURE_OPENAI(ServerKinds.AZURE_OPENAI, "openai"),
    OLLAMA(ServerKinds.OLLAMA, "openai"),
    VLLM(ServerKinds.VLLM, "openai"),
    VLLM_AS_ITSELF(ServerKinds.VLLM, "hosted_vllm"),
    VLLM_MISTRAL(ServerKinds.VLLM_MISTRAL, "openai"),
    VLLM_MISTRAL_AS_ITSELF(ServerKinds.VLLM_MISTRAL, "hosted_vllm"),
    VLLM_KIMI_K2(ServerKinds.VLLM_KIMI_K2, "openai"),
    VLLM_KIMI_K2_AS_ITSELF(ServerKinds.VLLM_KIMI_K2, "hosted_vllm"),
    LLAMA_CPP(ServerKinds.LLAMA_CPP, "openai"),
    LM_STUDIO(ServerKinds.LM_STUDIO, "openai"),
    LM_STUDIO_AS_ITSELF(ServerKinds.LM_STUDIO, "lm_studio"),
    MISTRAL(ServerKinds.MISTRAL, "openai"),
    MISTRAL_AS_ITSELF(ServerKinds.MISTRAL, "mistral"),
    /** As a server of OpenAI's kind the proxy can't read its answers: their content is a list. */
    MISTRAL_MAGISTRAL_AS_ITSELF(ServerKinds.MISTRAL_MAGISTRAL, "mistral"),
    GEMINI(ServerKinds.GEMINI, "openai"),
    DEEPSEEK(ServerKinds.DEEPSEEK, "openai"),
    DEEPSEEK_AS_ITSELF(ServerKinds.DEEPSEEK, "deepseek"),
    GROQ(ServerKinds.GROQ, "openai"),
    GROQ_AS_ITSELF(ServerKinds.GROQ, "groq"),
    OPENROUTER(ServerKinds.OPENROUTER, "openai"),
    OPENROUTER_AS_ITSELF(ServerKinds.OPENROUTER, "openrouter"),
    ANOTHER_PROXY(ServerKinds.LITELLM_GEMINI, "litellm_proxy");

    final ServerKinds kind;
    final String provider;

    Behind(ServerKinds kind, String provider) {
      this.kind = kind;
      this.provider = provider;
    }
  }

  private @Nullable WiredModel model;

  @RegisterExtension
  static final ProxyCrash CRASH =
      new ProxyCrash(() -> proxy, () -> proxy = LiteLlmProxy.start(MODELS));

  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed(wired());

  /** By the proxy's model that a test takes. */
  private ModelActivities wired() {
    return call -> Objects.requireNonNull(model).callModel(call);
  }

  @BeforeAll
  static void start() throws Exception {
    BUSY.start();
    BEDROCK.start();
    for (Behind behind : Behind.values()) {
      ModelServer server = behind.kind.start();
      SERVERS.put(behind, server);
      MODELS.add(LiteLlmModel.at(behind.provider, server.url(), behind.name()));
    }
    MODELS.add(LiteLlmModel.at("anthropic", ANTHROPIC.url(), "claude"));
    MODELS.add(
        LiteLlmModel.at("gemini", GEMINI.url(), "gemini")
            .with("model", "gemini/" + GeminiApi.MODEL));
    MODELS.add(LiteLlmModel.at("openai", NOBODY, "openai-away"));
    MODELS.add(LiteLlmModel.at("anthropic", NOBODY, "anthropic-away"));
    MODELS.add(LiteLlmModel.bedrock(NOBODY, "bedrock-away"));
    MODELS.add(LiteLlmModel.at("openai", BUSY.url("/v1").toString(), "busy"));
    MODELS.add(LiteLlmModel.bedrock(BEDROCK.url("/").toString(), "bedrock"));
    MODELS.add(
        LiteLlmModel.bedrock(BEDROCK.url("/").toString(), "bedrock-drops")
            .with("drop_params", true));
    MODELS.add(LiteLlmModel.mock("without-tools", WITHOUT_TOOLS, "Hello."));
    MODELS.add(
        LiteLlmModel.mock("without-tools-drops", WITHOUT_TOOLS, "Hello.")
            .with("drop_params", true));
    MODELS.add(
        LiteLlmModel.mock("budgeted", "openai/a-model", "Hello.")
            .with("input_cost_per_token", 1)
            .with("output_cost_per_token", 1)
            .with("max_budget", 0.5)
            .with("budget_duration", "1d"));
    proxy = LiteLlmProxy.start(MODELS);
  }

  @AfterAll
  static void end() {
    if (proxy != null) {
      proxy.close();
    }
    SERVERS.values().forEach(ModelServer::close);
    ANTHROPIC.close();
    GEMINI.close();
    BUSY.close();
    BEDROCK.close();
  }

  /** A test that failed has left answers. */
  @BeforeEach
  void forgetAnswers() {
    for (MockWebServer server : List.of(BUSY, BEDROCK)) {
      server.getDispatcher().close();
      server.setDispatcher(new QueueDispatcher());
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsAWholeConversation(Behind behind) {
    take(behind.name());

    new WholeConversation(bed, Objects.requireNonNull(SERVERS.get(behind))).hold(MOST_REFUSALS);
  }

  /** The proxy translates each request and answer, and keeps signatures in the ids of calls. */
  @Test
  void holdsAWholeConversationInGeminisApi() {
    takeWhole("gemini");

    new WholeConversation(bed, GEMINI).hold(0);

    assertThat(GEMINI.refusals()).isEmpty();
    assertThat(GEMINI.requests().getLast().findValuesAsText("thoughtSignature"))
        .anyMatch(GeminiApi::isSignature);
  }

  /** The proxy translates each request and answer. */
  @Test
  void holdsAWholeConversationInAnthropicsApi() {
    takeWhole("claude");

    new WholeConversation(bed, ANTHROPIC).hold(0);

    assertThat(ANTHROPIC.refusals()).isEmpty();
    assertThat(ANTHROPIC.requests())
        .allSatisfy(request ->
            assertThat(request.path("tools").findValuesAsText("name"))
                .containsOnlyOnce("shop_online")
                .doesNotContain("dummy_tool"))
        .anySatisfy(
            request -> assertThat(request.at("/tool_choice/type").asText()).isEqualTo("none"));
  }

  @Test
  void saysThatTheKeyIsNotTheProxys(CapturedOutput output) {
    model = new WiredModel(proxy.url(), "sk-of-somebody-else", Behind.OPENAI.name(), true);

    assertThat(begin()).contains("operator must check the model's API key");
    assertThat(errors(output)).contains(proxy.url(), "OPENAI_API_KEY");
  }

  @Test
  void saysThatTheProxyHasNoSuchModel(CapturedOutput output) {
    take("nobody-s-model");

    assertThat(begin()).contains("operator must check the model's API key, name");
    assertThat(errors(output)).contains("Invalid model name", "nobody-s-model", "OPENAI_MODEL");
  }

  @Test
  void saysThatTheBudgetIsUsedUp(CapturedOutput output) {
    take("budgeted");
    TurnAnswer first = bed.begin("Hello");
    assertThat(said(first)).isEqualTo("Hello.");

    String refused =
        await() // the proxy counts after it has answered
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> said(bed.goOn(first.conversationId(), "Hello")),
                said -> !said.equals("Hello."));

    assertThat(refused).contains("account at the model's provider is used up");
    assertThat(errors(output)).contains("quota");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai-away", "anthropic-away", "bedrock-away"})
  void saysThatTheServerBehindCantBeReached(String name, CapturedOutput output) {
    take(name);

    assertThat(begin()).contains("The model can't be reached; nothing was started");
    assertThat(errors(output)).contains(proxy.url(), "can't be reached");
  }

  @Test
  void asksAgainWhenTheServerBehindIsToBeLeftAloneForAMoment() throws Exception {
    MockResponse hello =
        json(
            200,
            """
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1790000000,
             "model": "a-model", "choices": [{"index": 0, "finish_reason": "stop",
               "message": {"role": "assistant", "content": "Hello."}}]}
            """);
    BUSY.enqueue(busy("1"));
    BUSY.enqueue(hello); // of which the proxy makes a stream with nothing in it
    BUSY.enqueue(hello);
    take("busy");

    assertThat(begin()).isEqualTo("Hello.");

    BUSY.takeRequest();
    BUSY.takeRequest();
    BUSY.takeRequest();
  }

  @Test
  void saysThatTheServerBehindIsToBeLeftAloneForLong(CapturedOutput output) throws Exception {
    BUSY.enqueue(busy("3600"));
    take("busy");

    assertThat(begin()).contains("takes no more requests for now");
    assertThat(errors(output)).contains("PT1H");

    BUSY.takeRequest();
  }

  @Test
  void saysThatTheModelTakesNoTools(CapturedOutput output) {
    take("without-tools");

    assertThat(begin()).contains("operator must switch on its tool parser");
    assertThat(errors(output)).contains("OPENAI_MODEL", "does not support parameters");
  }

  @Test
  void speaksToAModelThatTakesNoToolsWhereTheProxyDropsThem() {
    take("without-tools-drops");

    assertThat(begin()).isEqualTo("Hello.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bedrock", "bedrock-drops"})
  void tellsOutcomesByAModelThatTakesNoToolChoice(String name, CapturedOutput output)
      throws Exception {
    for (int i = 0; i < 2; i++) {
      BEDROCK.enqueue(
          json(
              200,
              """
              {"output": {"message":
                 {"role": "assistant", "content": [{"text": "You denied it."}]}},
               "stopReason": "end_turn", "metrics": {"latencyMs": 1},
               "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}}
              """));
    }
    take(name);

    TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    try {
      temporal.registerActivitiesImplementations(model);
      ModelActivities activities = temporal.newActivityStub(ModelActivities.class);
      assertThat(activities.callModel(denied()).words()).isEqualTo("You denied it.");
      assertThat(activities.callModel(denied()).words()).isEqualTo("You denied it.");
    } finally {
      temporal.close();
    }

    for (int i = 0; i < 2; i++) {
      JsonNode tools =
          JSON.readTree(Objects.requireNonNull(BEDROCK.takeRequest().getBody()).utf8())
              .path("toolConfig");
      assertThat(tools.path("tools").findValuesAsText("name"))
          .contains("shop_online")
          .doesNotContain("dummy_tool");
      assertThat(tools.has("toolChoice")).isFalse();
    }
    assertThat(output.toString().lines().filter(line -> line.contains("refuses tool_choice")))
        .hasSize(name.equals("bedrock") ? 1 : 0);
  }

  /** A call that the user has denied, whose outcome the model is to word. */
  private static ModelCall denied() {
    String lamp = "{\"product\":\"lamp\",\"qty\":2}";
    List<Entry> transcript =
        List.of(
            new Said(new ChatMessage(1, ChatRole.USER, "Buy 2 lamps", Instant.EPOCH, null)),
            new ToolsCalled(null, List.of(new GuardedToolCall("tooluse_1", "shop_online", lamp))),
            new ToolReturned("tooluse_1", "shop_online", "Approval requested"),
            new Said(
                new ChatMessage(2, ChatRole.ASSISTANT, "Look at your phone.", Instant.EPOCH, null)),
            new ToolsCalled(null, List.of(new GuardedToolCall("outcome-1", "shop_online", lamp))),
            new ToolReturned("outcome-1", "shop_online", "The user has denied the request"));
    return new ModelCall(transcript, null, null, null);
  }

  private void take(String name) {
    model = new WiredModel(proxy.url(), LiteLlmProxy.KEY, name, true);
  }

  /** The servers that are played in their own API answer no streams. */
  private void takeWhole(String name) {
    model = new WiredModel(proxy.url(), LiteLlmProxy.KEY, name, false);
  }

  /** What is said to the first words, which is said soon. */
  private String begin() {
    Instant asked = Instant.now();
    String said = said(bed.begin("Hello"));
    assertThat(Duration.between(asked, Instant.now())).isLessThan(SOON);
    return said;
  }

  private static String said(TurnAnswer answer) {
    return answer.messages().getLast().text();
  }

  /** The only line that the operator is to read. */
  private static String errors(CapturedOutput output) {
    List<String> errors = output.toString().lines().filter(line -> line.contains("ERROR")).toList();
    assertThat(errors).hasSize(1);
    return errors.getFirst();
  }

  private static MockResponse busy(String retryAfter) {
    return json(429, "{\"error\": {\"message\": \"Rate limit reached\"}}")
        .newBuilder()
        .addHeader("Retry-After", retryAfter)
        .build();
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }
}
