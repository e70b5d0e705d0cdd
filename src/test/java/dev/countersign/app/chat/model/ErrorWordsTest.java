package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is understood of a server's errors: its own words, not those that it repeats. */
@Timeout(60)
class ErrorWordsTest {
  private final ServedModel model = new ServedModel();

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          422 | {"detail": [{"type": "missing", "loc": ["body", "x"], "msg": "Field required", "input": {"content": "What is a context length?"}}]}
          422 | {"detail": [{"type": "missing", "loc": ["body", "x"], "msg": "Field required", "input": {"stream": true}}]}
          400 | {"error": {"message": "No", "failed_generation": "tool_use_failed"}}
          400 | {"error": {"message": "No", "metadata": {"flagged_input": "insufficient_quota", "raw": "it failed"}}}
          400 | {"object": "error", "message": "[{'type': 'missing', 'loc': ('body', 'x'), 'msg': 'Field required', 'input': {'content': 'flagged, too many tokens'}}]", "code": 400}
          400 | {"message": "1 validation error for Request\\nmodel\\n  Field required [type=missing, input_value={'content': 'prompt is too long'}, input_type=dict]"}
          400 | {"error": {"message": "litellm.BadRequestError: MistralException - {\\"message\\": {\\"detail\\": [{\\"msg\\": \\"No\\", \\"input\\": \\"flagged\\"}]}}. Received Model Group=a"}}
          400 | {"error": {"message": "No"}, "request": {"messages": [{"content": "context window"}]}}
          500 | {"error": {"message": "chat template refused"}, "prompt": "context size"}
          """)
  void takesNothingFromWhatIsRepeatedOfTheRequest(int status, String body) {
    model.answers(status, body);

    ApplicationFailure failure = model.failure(ServedModel.hello());

    assertThat(failure.getType()).isEqualTo("ModelNotSetUp");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(model.requests()).isEqualTo(1);
  }

  @Test
  void looksOnlyAtTheBeginningOfWhatIsNoJson() {
    model.answers(400, "<html><title>Bad Request</title>" + " ".repeat(2_000) + "context length");

    assertThat(model.failure(ServedModel.hello()).getType()).isEqualTo("ModelNotSetUp");
  }

  @Test
  void takesARepeatedWordForNoReasonToWait() {
    model.answers(
        200, "{\"error\": {\"message\": \"No\", \"metadata\": {\"input\": \"overloaded\"}}}");

    assertThat(model.failure(ServedModel.hello()).isNonRetryable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          400 | {"detail": "prompt is too long"}                                                           | ModelContextTooLong
          400 | {"detail": [{"msg": "too many tokens", "input": "x"}]}                                     | ModelContextTooLong
          400 | {"errors": [{"code": 5006, "message": "exceeds the maximum context"}]}                     | ModelContextTooLong
          400 | {"object": "error", "message": {"detail": [{"msg": "prompt is too long"}]}}                | ModelContextTooLong
          400 | {"error": {"message": "Provider returned error", "metadata": {"raw": "{\\"error\\": {\\"message\\": \\"input is too long\\"}}"}}} | ModelContextTooLong
          400 | {"error": {"message": "litellm.BadRequestError: X - {\\"error\\": {\\"code\\": \\"context_length_exceeded\\"}}. Received"}} | ModelContextTooLong
          400 | "Maximum context length is 8"                                                              | ModelContextTooLong
          400 | Maximum context length is 8                                                                | ModelContextTooLong
          400 | {"error": {"innererror": {"code": "content_filter"}}}                                      | ModelRefused
          400 | {"type": "error", "error": {"type": "invalid_prompt"}}                                     | ModelRefused
          400 | [{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}]                                  | ModelNotSetUp
          """)
  void findsTheServersOwnWordsWhereverTheyAre(int status, String body, String type) {
    model.answers(status, body);

    assertThat(model.failure(ServedModel.hello()).getType()).isEqualTo(type);
  }

  @Test
  void readsWhenARequestIsTakenAgain() {
    model.answers(
        429,
        "[{\"error\": {\"message\": \"You exceeded your current quota\", \"details\": [{\"@type\":"
            + " \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"17s\"}]}}]");

    assertThat(model.failure(ServedModel.hello()).getNextRetryDelay())
        .isEqualTo(Duration.ofSeconds(18));
  }
}
