package dev.countersign.app.chat.model.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The played servers keep to the rules of their kind. */
@Timeout(30)
class ModelServerTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"Be brief.\"},";
  private static final String USER = "{\"role\":\"user\",\"content\":\"Buy 1 lamp\"}";
  private static final String THANKS = ",{\"role\":\"user\",\"content\":\"Thank you\"}";
  private static final String ANSWER = ",{\"role\":\"assistant\",\"content\":\"Look.\"}";
  private static final String RESULT =
      ",{\"role\":\"tool\",\"tool_call_id\":\"D681PevK1\",\"content\":\"Approval requested\"}";
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"shop_online\"}}]";

  /** What can be said to all of them, so that no conversation has to end. */
  @ParameterizedTest
  @EnumSource
  void takesAHistoryOfNothingButWords(ServerKinds kind) throws Exception {
    String history = SYSTEM + USER + ANSWER + THANKS + ANSWER + "," + USER;
    try (ModelServer server = kind.start()) {
      HttpResponse<String> first = post(server, history, TOOLS);
      // Groq's model writes its first call wrong
      HttpResponse<String> answer =
          first.body().contains("tool_use_failed") ? post(server, history, TOOLS) : first;

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("shop_online", "lamp");
      assertThat(server.refusals()).isEmpty();
    }
  }

  /** The stream says the same, and ends as it should. */
  @ParameterizedTest
  @EnumSource
  void streamsWords(ServerKinds kind) throws Exception {
    try (ModelServer server = kind.start()) {
      HttpResponse<String> answer =
          post(server, SYSTEM + USER + ANSWER + THANKS, TOOLS + ",\"stream\":true");

      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(answer.body()).contains("welcome.", "\"finish_reason\":\"stop\"");
      assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }
  }

  static Stream<Arguments> broken() {
    String called = SYSTEM + USER + call("D681PevK1", "") + RESULT;
    String twice = called + ANSWER + call("D681PevK1", ",\"content\":null") + RESULT;
    String afterwards = twice + ANSWER + THANKS;
    return Stream.of(
        arguments("OPENAI", SYSTEM + USER + call("a".repeat(41), ""), "", 400, "maximum length 40"),
        arguments(
            "OPENAI", SYSTEM + USER + call("a", "") + THANKS, "", 400, "did not have response"),
        arguments("OPENAI", SYSTEM + USER + RESULT, "", 400, "must be a response to"),
        arguments("OPENAI", SYSTEM + USER, ",\"top_k\":1", 400, "Unknown parameter: 'top_k'"),
        arguments("OPENAI", SYSTEM + USER, ",\"tool_choice\":\"none\"", 400, "only allowed when"),
        arguments("AZURE_OPENAI", SYSTEM + USER, ",\"tools\":[]", 400, "empty array"),
        arguments("VLLM_MISTRAL", twice, "", 400, "Unexpected role 'assistant' after"),
        arguments("LLAMA_CPP", afterwards, "", 500, "Jinja Exception"),
        arguments("MISTRAL", twice, "", 400, "Unexpected role 'assistant' after"),
        arguments("MISTRAL", called + THANKS, "", 400, "Unexpected role 'user' after role 'tool'"),
        arguments("MISTRAL", SYSTEM + USER + ANSWER, "", 400, "Expected last role User or Tool"),
        arguments("MISTRAL", SYSTEM + USER, ",\"seed\":1", 422, "extra_forbidden"),
        arguments(
            "MISTRAL",
            SYSTEM + USER,
            ",\"stream_options\":{\"include_usage\":true}",
            422,
            "include_usage"),
        arguments("GEMINI", twice, "", 400, "immediately after a user turn"),
        arguments("GEMINI", called, "", 400, "missing a thought_signature"),
        arguments("GEMINI", SYSTEM + USER, ",\"reasoning\":{}", 400, "Unknown name"),
        arguments("DEEPSEEK", called, "", 422, "missing field `content`"),
        arguments(
            "DEEPSEEK",
            SYSTEM + USER + call("D681PevK1", ",\"content\":null") + RESULT,
            "",
            400,
            "must be passed back"),
        arguments("GROQ", SYSTEM + USER, ",\"store\":false", 400, "property 'store'"),
        arguments(
            "GROQ",
            SYSTEM + USER + call("D681PevK1", ",\"reasoning\":\"So.\"") + RESULT,
            "",
            400,
            "'messages.2' : property 'reasoning' is unsupported"),
        arguments("OPENROUTER", called, "", 400, "reasoning details to be preserved"),
        arguments("LITELLM_ANTHROPIC", called, "", 400, "without `tools=` param"),
        arguments("LITELLM_BEDROCK", called, "", 400, "without `tools=` param"),
        arguments(
            "LITELLM_BEDROCK",
            called,
            TOOLS + ",\"tool_choice\":\"none\"",
            400,
            "tool_choice=none"),
        arguments(
            "LITELLM_GEMINI",
            SYSTEM + USER + call("call_1__thought__x", ""),
            TOOLS,
            400,
            "Corrupted thought signature"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatTheRealOneRefuses(
      ServerKinds kind, String messages, String more, int status, String words) throws Exception {
    try (ModelServer server = kind.start()) {
      HttpResponse<String> answer = post(server, messages, more);

      assertThat(answer.body()).contains(words);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(server.refusals()).hasSize(1);
    }
  }

  private static String call(String id, String more) {
    return (",{\"role\":\"assistant\"%s,\"tool_calls\":[{\"id\":\"%s\",\"type\":\"function\","
            + "\"function\":{\"name\":\"shop_online\",\"arguments\":\"{}\"}}]}")
        .formatted(more, id);
  }

  private static HttpResponse<String> post(ModelServer server, String messages, String more)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\"m\",\"messages\":[" + messages + "]" + more + "}"))
            .build(),
        BodyHandlers.ofString());
  }
}
