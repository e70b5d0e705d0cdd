package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.answers.AnsweringServer;
import dev.countersign.answers.Asked;
import dev.countersign.answers.Cases;
import dev.countersign.answers.Dice;
import dev.countersign.answers.GeneratedCase;
import dev.countersign.answers.ModelAnswers;
import dev.countersign.answers.RawAnswer;
import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.model.wire.ModelHttpClientBuilder;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.tool.ToolArguments;
import dev.countersign.app.chat.tool.ToolCalls;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.tool.Tools;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever a model's server answers, the activity gives a reply that a workflow can run, or a
 * failure that it knows, in time and without the key; and what was kept of the answer is taken by a
 * server in the next turn.
 */
class GeneratedModelTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMillis(1_600);
  private static final Duration STREAM = Duration.ofSeconds(2);
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  /** Temporal gives the code of a workflow a second between two waits. */
  private static final Duration OF_A_WORKFLOW = Duration.ofMillis(1_500);

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final String KEY = "sk-the-secret-key-of-the-model";
  private static final int MOST_BYTES = 300_000;
  private static final int MOST_CHARACTERS = 1_000;
  private static final int ATTEMPTS = 8;
  private static final String FINE = "Fine.";

  /** As the exceptions are called that another attempt may follow on. */
  private static final List<String> KNOWN =
      List.of(
          "ModelServerException",
          "ModelSilentException",
          "ModelUnreachableException",
          "ToolMarkupException",
          "RateLimitException",
          "InternalServerException",
          "TimeoutException",
          "InvalidRequestException",
          "HttpException");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Tools TOOLS = ToolFixtures.tools();
  private static final AnsweringServer server = AnsweringServer.start();
  private static final Map<String, ModelActivities> models = new ConcurrentHashMap<>();
  private static final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

  static {
    temporal.registerActivitiesImplementations(new OfEachCase());
  }

  @AfterAll
  static void stop() {
    temporal.close();
    server.close();
  }

  /** Each case has a model of its own, by the name of its conversation. */
  private static final class OfEachCase implements ModelActivities {
    @Override
    public ModelReply callModel(ModelCall call) {
      return Objects.requireNonNull(models.get(conversation(call))).callModel(call);
    }

    /** Of a call without an asker it stands in the user's words. */
    private static String conversation(ModelCall call) {
      return call.transcript().getFirst() instanceof Entry.Said(var message, _)
          ? message.text()
          : "";
    }
  }

  @Test
  void staysWithinWhatItMaySay() throws InterruptedException {
    Cases.or(250)
        .hold(
            AT_MOST,
            it -> {
              try (var talk = new Talk(it)) {
                talk.hold();
              }
            });
  }

  private static final class Talk implements AutoCloseable {
    private final String name;
    private final Dice dice;
    private final Asker asker;
    private final ModelActivities activities = temporal.newActivityStub(ModelActivities.class);
    private final List<RawAnswer> given = new CopyOnWriteArrayList<>();
    private volatile boolean healed;

    Talk(GeneratedCase it) {
      name = "case" + it.index();
      dice = it.dice();
      asker = new Asker("auth0|alice", null, "c-0-" + it.index(), 1);
      ModelAnswers answers = new ModelAnswers(dice, SLOW);
      server.answer(
          name,
          asked -> {
            RawAnswer answer = healed ? sane(asked) : answers.any(asked, KEY);
            given.add(answer);
            return answer;
          });
      ModelProperties properties =
          WiredModel.properties(KEY, server.url("/" + name + "/v1"), "small");
      models.put(
          name,
          new ModelActivitiesImpl(
              model(properties, dice.oneIn(3)),
              TOOLS,
              new SimpleMeterRegistry(),
              properties,
              new ModelRecord(),
              ChatBudget.UNLIMITED,
              Clock.systemUTC()));
    }

    /** As of the settings, but less patient. */
    private static ChatModel model(ModelProperties properties, boolean whole) {
      return OpenAiChatModel.builder()
          .apiKey(KEY)
          .baseUrl(properties.baseUrl())
          .modelName(properties.name())
          .httpClientBuilder(new ModelHttpClientBuilder(whole ? null : STREAM, false))
          .timeout(SOON)
          .maxRetries(0)
          .build();
    }

    /** A server that takes no request which isn't JSON. */
    private static RawAnswer sane(Asked asked) {
      try {
        JsonNode request = JSON.readTree(asked.body());
        return ModelAnswers.says(request.path("messages").isArray() ? FINE : "What?");
      } catch (IOException e) {
        return ModelAnswers.says("What? " + e.getMessage());
      }
    }

    void hold() {
      List<Entry> transcript = new ArrayList<>();
      transcript.add(said(1, ChatRole.USER, name));
      boolean speaksOnly = dice.oneIn(5);
      for (int round = 0; round < 2; round++) {
        ModelReply reply = reply(new ModelCall(transcript, speaksOnly ? null : asker));
        if (reply != null) {
          add(reply, transcript);
        }
      }
      healed = true;
      transcript.add(said(9, ChatRole.USER, "Go on"));
      assertThat(again(new ModelCall(transcript, asker)).text())
          .as("Goes on after %s", given)
          .isEqualTo(FINE);
    }

    /** As Temporal does, for a connection may be left over that is closed. */
    private ModelReply again(ModelCall call) {
      for (int attempt = 1; ; attempt++) {
        try {
          return activities.callModel(call);
        } catch (ActivityFailure e) {
          boolean passes =
              e.getCause() instanceof ApplicationFailure failure && !failure.isNonRetryable();
          if (!passes || attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    }

    private @Nullable ModelReply reply(ModelCall call) {
      given.clear();
      try {
        ModelReply reply = activities.callModel(call);
        check(reply);
        return reply;
      } catch (ActivityFailure e) {
        check(e);
        return null;
      }
    }

    private void check(ActivityFailure e) {
      assertThat(e.getCause()).as("%s", given).isInstanceOf(ApplicationFailure.class);
      ApplicationFailure failure = (ApplicationFailure) Objects.requireNonNull(e.getCause());
      String told = failure.getType() + ": " + failure.getOriginalMessage() + " to " + given;
      if (!failure.isNonRetryable()) {
        assertThat(KNOWN).as(told).contains(failure.getType());
      } else {
        assertThat(failure.getType()).as(told).startsWith("Model");
      }
      assertThat(failure.getOriginalMessage())
          .as(told)
          .hasSizeLessThan(MOST_CHARACTERS)
          .doesNotContain(KEY)
          .doesNotContainPattern("\\p{Cc}");
    }

    private void check(ModelReply reply) {
      String told = reply + " to " + given;
      assertThat(Stored.bytes(reply)).as(told).isLessThan(MOST_BYTES);
      assertThat(reply.calls()).as(told).hasSizeLessThanOrEqualTo(ToolCalls.MOST_CALLS + 1);
      for (ToolCall call : reply.calls()) {
        assertThat(tree(ToolArguments.of(call)).isObject()).as(told).isTrue();
        assertThat(call.id()).as(told).matches("[\\x21-\\x7E]+");
        assertThat(call.tool()).as(told).matches("[a-zA-Z0-9_-]{1,64}");
      }
      assertThat(reply.calls()).as(told).extracting(ToolCall::id).doesNotHaveDuplicates();
      if (reply.usage() != null) {
        assertThat(reply.usage().input()).as(told).isNotNegative();
        assertThat(reply.usage().output()).as(told).isNotNegative();
      }
      String words = reply.words();
      if (words != null) {
        long begun = CPU.getCurrentThreadCpuTime();
        boolean _ = Claims.isIn(words);
        String _ = Claims.leftOut(words);
        assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - begun))
            .as(told)
            .isLessThan(OF_A_WORKFLOW);
      }
    }

    /** As a conversation keeps it. */
    private void add(ModelReply reply, List<Entry> transcript) {
      String extras = reply.terms() == null ? null : reply.terms().extras();
      if (reply.calls().isEmpty()) {
        String words = reply.textOr("I have no answer to that.");
        transcript.add(
            new Entry.Said(
                new ChatMessage(2, ChatRole.ASSISTANT, words, Instant.EPOCH, null), extras));
        return;
      }
      transcript.add(new Entry.ToolsCalled(reply.text(), reply.calls(), extras));
      for (ToolCall call : reply.calls()) {
        transcript.add(new Entry.ToolReturned(call.id(), call.tool(), "Approval requested."));
      }
    }

    private static Entry said(int number, ChatRole role, String words) {
      return new Entry.Said(new ChatMessage(number, role, words, Instant.EPOCH, null));
    }

    private static JsonNode tree(String text) {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new AssertionError(text, e);
      }
    }

    @Override
    public void close() {
      server.forget(name);
      models.remove(name);
    }
  }
}
