package dev.countersign.guard;

import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalEvidence;
import dev.countersign.approval.Decision;
import dev.countersign.approval.TokenOwner;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.client.KeptHistory;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.UnknownKeyException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the evidence of calls out of their histories: believes what is sealed, and nothing else.
 */
final class CallEvidences {
  private static final Logger log = LoggerFactory.getLogger(CallEvidences.class);

  private final WorkflowClient client;
  private final Freezer freezer;

  CallEvidences(WorkflowClient client, Freezer freezer) {
    this.client = client;
    this.freezer = freezer;
  }

  /**
   * Whether there is any, of a call that is there.
   *
   * @param id of the call that was asked for: who may write to Temporal can have it say that it is
   *     another
   */
  EvidenceAnswer answer(String id, CallState call) {
    if (!call.id().equals(id)) {
      log.warn("{} says that it is another call", id);
      return new EvidenceAnswer.None();
    }
    return call.status().isEnd()
        ? of(call).<EvidenceAnswer>map(EvidenceAnswer.Kept::new).orElseGet(EvidenceAnswer.None::new)
        : new EvidenceAnswer.GoesOn(call.status());
  }

  private Optional<CallEvidence> of(CallState ended) {
    String id = ended.id();
    Optional<List<HistoryEvent>> history =
        KeptHistory.ifThere(() -> client.streamHistory(id).toList());
    try {
      return history.flatMap(events -> new Reading(id, events).evidence(ended));
    } catch (DataConverterException e) {
      log.warn("What {} was frozen as can't be trusted: {}", id, e.getMessage());
      return Optional.empty();
    } catch (SealBrokenException e) {
      refused(id, "call", e);
      return Optional.empty();
    }
  }

  private static void refused(String id, String sealed, SealBrokenException e) {
    log.warn("What is kept of {} can't be trusted: {}", id, e.getMessage());
    if (!(e instanceof UnknownKeyException)) { // it may have been taken away since
      AuditEntry.of(AuditEvent.SEAL_BROKEN).call(id).outcome(sealed).write();
    }
  }

  /** One run's history. */
  private final class Reading {
    private final String id;
    private final List<HistoryEvent> events;
    private final FrozenCall call;
    private final String owner;

    private Reading(String id, List<HistoryEvent> events) {
      this.id = id;
      this.events = events;
      var started = events.getFirst().getWorkflowExecutionStartedEventAttributes();
      this.call = read(started.getInput(), FrozenCall.class);
      String runId = client.newUntypedWorkflowStub(id).describe().getExecution().getRunId();
      this.owner = TokenOwner.of(id, runId, call.request());
    }

    private Optional<CallEvidence> evidence(CallState ended) {
      Snapshot snapshot = freezer.check(call, id);
      if (!snapshot.tool().equals(ended.tool())) {
        throw new SealBrokenException("What ended is a call of another tool");
      }
      @Nullable ApprovalEvidence approval = null;
      @Nullable RunWitness run = null;
      Map<Long, String> types = new HashMap<>();
      for (HistoryEvent event : events) {
        if (event.hasActivityTaskScheduledEventAttributes()) {
          types.put(
              event.getEventId(),
              event.getActivityTaskScheduledEventAttributes().getActivityType().getName());
        } else if (event.hasActivityTaskCompletedEventAttributes()) {
          var completed = event.getActivityTaskCompletedEventAttributes();
          String type = types.getOrDefault(completed.getScheduledEventId(), "");
          if (type.equals(ApprovalActivities.AWAIT_DECISION)) {
            ApprovalEvidence newer = approval(completed);
            approval = newer == null ? approval : newer;
          } else if (type.equals(GuardActivities.RUN)) {
            RunWitness newer = run(completed);
            run = newer == null ? run : newer;
          }
        }
      }
      return approval == null
          ? Optional.empty()
          : Optional.of(
              new CallEvidence(
                  ended,
                  snapshot.userID(),
                  snapshot.message(),
                  snapshot.authorizationDetails(),
                  Freezer.digest(snapshot.arguments()),
                  approval,
                  run));
    }

    private @Nullable ApprovalEvidence approval(ActivityTaskCompletedEventAttributes completed) {
      Sealed evidence =
          read(completed.getResult(), Decision.class) instanceof Decision.Approved approved
              ? approved.evidence()
              : null;
      try {
        return evidence == null ? null : ApprovalEvidence.open(evidence, freezer.vault(), owner);
      } catch (SealBrokenException e) {
        refused(id, "evidence", e);
        return null;
      }
    }

    private @Nullable RunWitness run(ActivityTaskCompletedEventAttributes completed) {
      Sealed witness =
          read(completed.getResult(), RunAnswer.class) instanceof RunAnswer.Done done
              ? done.witness()
              : null;
      try {
        return witness == null ? null : RunWitness.open(witness, freezer.vault(), owner);
      } catch (SealBrokenException e) {
        refused(id, "evidence", e);
        return null;
      }
    }

    private <T> T read(Payloads payloads, Class<T> type) {
      return client
          .getOptions()
          .getDataConverter()
          .withContext(new WorkflowSerializationContext(client.getOptions().getNamespace(), id))
          .fromPayloads(0, Optional.of(payloads), type, type);
    }
  }
}
