package dev.countersign;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.countersign.app.chat.budget.UserBudgetWorkflowImpl;
import dev.countersign.app.chat.conversation.ConversationWorkflowImpl;
import dev.countersign.app.chat.conversation.ForgottenConversationImpl;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.guard.UserCallsWorkflowImpl;
import dev.countersign.guard.UserGrantsWorkflowImpl;
import dev.countersign.lease.LeaseWorkflowImpl;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.payload.SealedPayloads;
import dev.countersign.question.UserQuestionsWorkflowImpl;
import dev.countersign.vault.Vault;
import io.temporal.api.common.v1.Header;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workflows go on whose histories are sealed, and those that began when they were not. */
class SealedReplayTest {
  private static final PayloadSeal SEAL =
      new PayloadSeal(Vault.withKeys("k1:" + "A".repeat(43) + "="), "default");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "call-done-with-a-second-token",
        "call-settled-as-done",
        "call-pinged",
        "call-listened",
        "conversation-handed-over",
        "conversation-told-by-signal",
        "lease-taken-over",
        "user-budget",
        "user-calls",
        "user-questions",
        "user-grants"
      })
  void everyKindReplaysSealed(String name) throws Exception {
    WorkflowExecutionHistory recorded = recorded(name);
    History.Builder sealed = recorded.getHistory().toBuilder();
    seal(sealed);

    replay(
        new WorkflowExecutionHistory(
            sealed.build(), recorded.getWorkflowExecution().getWorkflowId()),
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"call-done", "conversation"})
  void beganInPlain(String name) throws Exception {
    replay(recorded(name), Instant.MAX);
  }

  private static WorkflowExecutionHistory recorded(String name) throws Exception {
    return WorkflowExecutionHistory.fromJson(
        Files.readString(Path.of("src/test/resources/histories", name + ".json")));
  }

  /** As Temporal's SDK does it: all but search attributes, headers and what markers say of it. */
  private static void seal(Message.Builder message) {
    for (FieldDescriptor field : List.copyOf(message.getAllFields().keySet())) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          message.setRepeatedField(field, i, sealed((Message) message.getRepeatedField(field, i)));
        }
      } else {
        message.setField(field, sealed((Message) message.getField(field)));
      }
    }
  }

  private static Message sealed(Message message) {
    if (message instanceof Payload payload) {
      return SEAL.seal(payload);
    }
    if (message instanceof MarkerRecordedEventAttributes marker) {
      return sealed(marker);
    }
    if (message instanceof SearchAttributes || message instanceof Header) {
      return message;
    }
    Message.Builder builder = message.toBuilder();
    seal(builder);
    return builder.build();
  }

  /** What local activities take and return; the rest of a marker is the SDK's own. */
  private static Message sealed(MarkerRecordedEventAttributes marker) {
    MarkerRecordedEventAttributes.Builder builder = marker.toBuilder();
    for (String name : List.of("input", "result")) {
      Payloads payloads = marker.getDetailsMap().get(name);
      if (payloads != null) {
        builder.putDetails(name, (Payloads) sealed(payloads));
      }
    }
    return builder.build();
  }

  private static void replay(WorkflowExecutionHistory history, @Nullable Instant plainUntil)
      throws Exception {
    SealedPayloads codec = SealedPayloads.sealing(SEAL, plainUntil, InstantSource.system());
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(codec.around(DefaultDataConverter.newDefaultInstance()))
                        .build())
                .build())) {
      Worker worker = environment.newWorker("replay", PatientWorker.OPTIONS);
      worker.registerWorkflowImplementationTypes(
          GuardedCallWorkflowImpl.class,
          ConversationWorkflowImpl.class,
          ForgottenConversationImpl.class,
          LeaseWorkflowImpl.class,
          UserBudgetWorkflowImpl.class,
          UserCallsWorkflowImpl.class,
          UserGrantsWorkflowImpl.class,
          UserQuestionsWorkflowImpl.class);
      WorkflowReplayer.replayWorkflowExecution(history, worker);
    }
  }
}
