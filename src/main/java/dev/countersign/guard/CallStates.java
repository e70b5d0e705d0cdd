package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.client.KeptHistory;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.WorkflowPages;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where calls stand: what they say themselves while they go on, and at their end; and of one that
 * doesn't answer, or was stopped from outside, what Temporal keeps.
 */
final class CallStates {
  private static final Logger log = LoggerFactory.getLogger(CallStates.class);

  private final WorkflowClient client;
  private final InstantSource clock;
  private final OpenWorkflows open;
  private final KeptHistory histories;
  private final AskedCalls asked;
  private final ToldStates told = new ToldStates(System::nanoTime);

  /**
   * Of calls of the client's namespace.
   *
   * @param clock the Temporal server's
   */
  CallStates(WorkflowClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.open = new OpenWorkflows(client);
    this.histories = new KeptHistory(client);
    this.asked = new AskedCalls(histories, this::snapshot);
  }

  /**
   * Where a call stands, as far as that can be known; empty: there is none of that id.
   *
   * @param patience how long it may take to answer
   */
  Optional<CallState> of(String id, Duration patience) {
    return answered(id, ask(id, patience));
  }

  private OpenWorkflows.Answer<CallState> ask(String id, Duration patience) {
    return open.ask(id, "state", CallState.class, patience);
  }

  private Optional<CallState> answered(String id, OpenWorkflows.Answer<CallState> answer) {
    return switch (answer) {
      case OpenWorkflows.Answer.Given<CallState>(var state) -> Optional.ofNullable(state);
      case OpenWorkflows.Answer.NotThere<CallState>() -> Optional.empty();
      case OpenWorkflows.Answer.Ended<CallState>() -> KeptHistory.ifThere(() -> ended(id));
      case OpenWorkflows.Answer.None<CallState>(var reason) ->
          KeptHistory.ifThere(() -> silent(id, reason));
    };
  }

  /**
   * The same of one that a list has: what has ended by it isn't asked, but read, and so is one
   * whose user hasn't answered yet, or to which nothing has happened since it was asked.
   *
   * @param patience how long it may take to answer
   */
  Optional<CallState> of(WorkflowPages.Found listed, Duration patience) {
    String id = listed.id();
    Optional<CallState> read =
        KeptHistory.ifThere(() -> listed.ended() ? lastWords(id) : goingOn(id, patience))
            .flatMap(state -> state);
    return read.isPresent() ? read : of(id, patience); // not as the list has it
  }

  /** Empty: it has ended. */
  private Optional<CallState> goingOn(String id, Duration patience) {
    WorkflowExecutionDescription now = client.newUntypedWorkflowStub(id).describe();
    if (now.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      return Optional.empty();
    }
    Optional<CallState> known =
        isOverdue(now)
            ? told.find(now).filter(state -> !state.waits())
            : asked.of(id, now).or(() -> told.find(now));
    if (known.isPresent()) {
      return known;
    }
    OpenWorkflows.Answer<CallState> answer = ask(id, patience);
    if (answer instanceof OpenWorkflows.Answer.Given<CallState>(var state) && state != null) {
      told.keep(now, state);
    }
    return answered(id, answer);
  }

  /** If it still waits for its user, and anything works on it, it is about to end. */
  private boolean isOverdue(WorkflowExecutionDescription now) {
    OffsetDateTime expiresAt =
        now.getTypedSearchAttributes().get(ApprovalAttributes.APPROVAL_EXPIRES_AT);
    return expiresAt != null && clock.instant().isAfter(expiresAt.toInstant());
  }

  /** Whether its workflow stays open beyond its end until listeners have been told. */
  boolean isListened(String id) {
    return KeptHistory.ifThere(() -> snapshot(id).run().isListened()).orElse(false);
  }

  private CallState silent(String id, RuntimeException reason) {
    WorkflowExecutionDescription description = client.newUntypedWorkflowStub(id).describe();
    if (description.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      return ended(id);
    }
    log.warn("{} doesn't say where it stands: {}", id, reason.toString());
    return KeptCall.of(description, snapshot(id)).open(() -> begun(id), clock.instant());
  }

  private CallState ended(String id) {
    return lastWords(id)
        .orElseGet(() ->
            KeptCall.of(client.newUntypedWorkflowStub(id).describe(), snapshot(id))
                .ended(() -> begun(id)));
  }

  /** Empty: it goes on, was stopped from outside, or what it said can't be read. */
  private Optional<CallState> lastWords(String id) {
    Optional<Payloads> said =
        histories
            .end(newestRun(id))
            .filter(end -> end.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)
            .map(end -> end.getWorkflowExecutionCompletedEventAttributes().getResult());
    try {
      return said.map(words -> read(id, words, CallState.class));
    } catch (DataConverterException e) {
      log.warn("What {} said at its end can't be read", id, e);
      return Optional.empty();
    }
  }

  private BegunSteps begun(String id) {
    return new BegunSteps(
        client
            .streamHistory(id)
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .map(event ->
                event.getActivityTaskScheduledEventAttributes().getActivityType().getName())
            .filter(type ->
                !type.equals(ListenerActivities.TELL) && !type.equals(GrantActivities.REMEMBER))
            .toList());
  }

  private Snapshot snapshot(String id) {
    return snapshot(id, histories.start(newestRun(id)));
  }

  private Snapshot snapshot(String id, HistoryEvent start) {
    return Freezer.read(
        read(id, start.getWorkflowExecutionStartedEventAttributes().getInput(), FrozenCall.class));
  }

  private static WorkflowExecution newestRun(String id) {
    return WorkflowExecution.newBuilder().setWorkflowId(id).build();
  }

  private <T> T read(String id, Payloads payloads, Class<T> type) {
    return client
        .getOptions()
        .getDataConverter()
        .withContext(new WorkflowSerializationContext(client.getOptions().getNamespace(), id))
        .fromPayloads(0, Optional.of(payloads), type, type);
  }
}
