package dev.countersign.app.chat.conversation;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;

/** What a failure of an update means to the caller. */
final class TurnFailure {
  private TurnFailure() {}

  /** The answer to the caller; the failure itself where it is none of a turn's. */
  static RuntimeException of(RuntimeException e) {
    return switch (e) {
      case WorkflowUpdateTimeoutOrCancelledException late -> new TurnTakesLongException(late);
      case WorkflowNotFoundException _, WorkflowExecutionAlreadyStarted _ ->
          new ConversationNotFoundException();
      case WorkflowUpdateException update
          when update.getCause() instanceof ApplicationFailure failure ->
          refusal(update, failure);
      case WorkflowServiceException service
          when service.getCause() instanceof StatusRuntimeException status ->
          refusal(service, status.getStatus());
      case StatusRuntimeException status -> refusal(status, status.getStatus());
      default -> e;
    };
  }

  private static RuntimeException refusal(WorkflowUpdateException e, ApplicationFailure failure) {
    if ("AcceptedUpdateCompletedWorkflow".equals(failure.getType())) {
      return new ConversationNotFoundException(); // it ended while the turn ran
    }
    return switch (failure.getOriginalMessage()) {
      case ConversationWorkflow.FULL -> new ConversationFullException();
      case ConversationWorkflow.BUSY -> new TooManyTurnsException();
      case ConversationWorkflow.GONE -> new ConversationNotFoundException();
      default -> e;
    };
  }

  private static RuntimeException refusal(RuntimeException e, Status status) {
    return switch (status.getCode()) {
      // of Update-with-Start: the id is used up
      case ALREADY_EXISTS, NOT_FOUND -> new ConversationNotFoundException();
      case RESOURCE_EXHAUSTED ->
          String.valueOf(status.getDescription()).contains("in-flight updates")
              ? new TooManyTurnsException()
              : e;
      default -> e;
    };
  }
}
