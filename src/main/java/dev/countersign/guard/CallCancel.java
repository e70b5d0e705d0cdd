package dev.countersign.guard;

import dev.countersign.client.Updates;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Takes calls back, whoever wants it: who may is known before. */
final class CallCancel {
  /** An accepted cancel takes a workflow task or two; longer means that no worker is there. */
  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(20);

  private final WorkflowClient client;
  private final CallStates states;
  private final Duration patience;

  /**
   * Of calls of the client's namespace.
   *
   * @param patience how long a call may take to say where it stands
   */
  CallCancel(WorkflowClient client, CallStates states, Duration patience) {
    this.client = client;
    this.states = states;
    this.patience = patience;
  }

  /** Where it stands then; empty: there is none of that id. */
  Optional<CallState> cancel(String id) {
    try {
      UpdateOptions<CallState> options =
          UpdateOptions.newBuilder(CallState.class)
              .setUpdateName("cancel")
              .setUpdateId(UUID.randomUUID().toString())
              .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
              .build();
      return Optional.of(
          Updates.send(() -> client.newUntypedWorkflowStub(id).startUpdate(options))
              .getResult(CANCELLED_WITHIN.toSeconds(), TimeUnit.SECONDS));
    } catch (WorkflowNotFoundException | WorkflowUpdateException e) {
      // ended or never was, or refused: the validator's words lose their type on the way
      Optional<CallState> state = states.of(id, patience);
      if (state.isPresent()
          && state.get().status() != CallStatus.RUNNING
          && !state.get().status().isEnd()) {
        throw e;
      }
      return state;
    }
  }
}
