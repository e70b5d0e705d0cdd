package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

/** The model of one process, and the server that answers it as it is told. */
final class ServedModel implements AutoCloseable {
  static final Asker ASKER = new Asker("auth0|alice", null, "c-0-1a", 1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockWebServer server;
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

  ServedModel() {
    this(ChatBudget.UNLIMITED);
  }

  /** One whose users have a budget. */
  ServedModel(ChatBudget budget) {
    this(started(), "small", budget);
  }

  private ServedModel(MockWebServer server, String name, ChatBudget budget) {
    this.server = server;
    temporal.registerActivitiesImplementations(
        WiredModel.of(
            WiredModel.properties("sk-test", server.url("/v1").toString(), name),
            ToolFixtures.tools(),
            new SimpleMeterRegistry(),
            budget));
  }

  private static MockWebServer started() {
    var server = new MockWebServer();
    try {
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same server's model of another name, of another process. */
  ServedModel named(String name) {
    return new ServedModel(server, name, ChatBudget.UNLIMITED);
  }

  /** It will answer so. */
  ServedModel answers(int status, String body) {
    return answers(status, "application/json", body);
  }

  /** The same with a content type. */
  ServedModel answers(int status, String type, String body) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Content-Type", type).body(body).build());
    return this;
  }

  /** It will begin a stream and end it within. */
  ServedModel breaksOff(String events) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "text/event-stream")
            .body(events)
            .build());
    return this;
  }

  /** It will answer with a message. */
  ServedModel answersMessage(String json) {
    return answers(
        200,
        "{\"choices\": [{\"index\": 0, \"finish_reason\": \"stop\", \"message\": " + json + "}]}");
  }

  /** It will answer with words. */
  ServedModel says(String words) {
    return answersMessage(
        "{\"role\": \"assistant\", \"content\": " + JSON.valueToTree(words) + "}");
  }

  /** It will answer with an error of OpenAI's kind. */
  ServedModel refuses(int status, String words) {
    return answers(status, "{\"error\": {\"message\": " + JSON.valueToTree(words) + "}}");
  }

  ModelReply call(ModelCall call) {
    return temporal.newActivityStub(ModelActivities.class).callModel(call);
  }

  /** Why an attempt fails. */
  ApplicationFailure failure(ModelCall call) {
    var failure = catchThrowableOfType(ActivityFailure.class, () -> call(call));
    return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
  }

  /** The next request that it got. */
  JsonNode request() {
    try {
      return JSON.readTree(Objects.requireNonNull(server.takeRequest().getBody()).utf8());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int requests() {
    return server.getRequestCount();
  }

  static ModelCall hello() {
    return new ModelCall(List.of(said("Hello")), ASKER);
  }

  static Entry said(String words) {
    return new Said(new ChatMessage(1, ChatRole.USER, words, Instant.EPOCH, null));
  }

  @Override
  public void close() {
    temporal.close();
    server.close();
  }
}
