package dev.countersign.guard;

import com.google.protobuf.ByteString;
import dev.countersign.client.WorkflowPages;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of all users, for operators: to look at, take back and settle. There is no way to
 * approve one. Who may use this is for the caller to know.
 */
public final class OperatedCalls {
  private final WorkflowClient client;
  private final WorkflowPages workflows;
  private final CallStates states;
  private final CallCancel cancel;
  private final CallEvidences evidences;
  private final Duration patience;

  /**
   * Of the client's namespace.
   *
   * @param clock the Temporal server's
   * @param patience how long a call may take to say where it stands
   */
  public OperatedCalls(
      WorkflowClient client,
      WorkflowPages workflows,
      Freezer freezer,
      InstantSource clock,
      Duration patience) {
    this.client = client;
    this.workflows = workflows;
    this.states = new CallStates(client, clock);
    this.cancel = new CallCancel(client, states, patience);
    this.evidences = new CallEvidences(client, freezer);
    this.patience = patience;
  }

  /**
   * The digest of the user whose call has this id.
   *
   * @return empty: it is no id of a call
   */
  public static Optional<String> user(String id) {
    return CallId.of(id).map(CallId::user);
  }

  /**
   * Calls, a page at a time: first those that go on, then by their end.
   *
   * @param user digest of the one whose they are, 32 hexadecimal digits; null: of all
   * @param size at most that many
   * @param from start of the page; null: the first
   */
  public GuardedCalls.Page list(
      @Nullable String user, CallFilter filter, int size, @Nullable ByteString from) {
    WorkflowPages.Page found =
        workflows.find(user == null ? filter.query() : filter.query(user), size, from);
    List<WorkflowPages.Found> own =
        found.workflows().stream().filter(call -> CallId.of(call.id()).isPresent()).toList();
    List<CallState> calls =
        ShownCalls.look(own, WorkflowPages.Found::id, call -> states.of(call, patience)).stream()
            .filter(filter::has)
            .toList();
    return new GuardedCalls.Page(calls, found.next());
  }

  /** Where a call stands; empty: there is none of that id. */
  public Optional<CallState> find(String id) {
    return CallId.of(id).isPresent() ? states.of(id, patience) : Optional.empty();
  }

  /** What shows that a call was approved. */
  public EvidenceAnswer evidence(String id) {
    return find(id).map(call -> evidences.answer(id, call)).orElseGet(EvidenceAnswer.None::new);
  }

  /**
   * Takes a call back, while its method doesn't run yet.
   *
   * @return where it stands then; empty: there is none of that id
   */
  public Optional<CallState> cancel(String id) {
    return CallId.of(id).isPresent() ? cancel.cancel(id) : Optional.empty();
  }

  /**
   * Says what became of a run whose outcome is unknown. It counts a moment later.
   *
   * @return where the call stood; nothing was said if that is another status than {@link
   *     CallStatus#OUTCOME_UNKNOWN}, or if {@link CallState#endedAt} is so long ago that it can't
   *     be settled any more; empty: there is none of that id
   */
  public Optional<Settling> settle(String id, CallSettlement settlement) {
    Optional<CallState> state = find(id);
    if (state.isEmpty()) {
      return Optional.empty();
    }
    if (state.get().status() != CallStatus.OUTCOME_UNKNOWN) {
      return Optional.of(new Settling(false, state.get()));
    }
    try {
      client.newUntypedWorkflowStub(id).signal("settle", settlement);
      return Optional.of(new Settling(true, state.get()));
    } catch (WorkflowNotFoundException e) { // it has waited long enough
      return Optional.of(new Settling(false, state.get()));
    }
  }

  /**
   * What came of settling.
   *
   * @param told whether the call was told
   * @param before where it stood
   */
  public record Settling(boolean told, CallState before) {}
}
