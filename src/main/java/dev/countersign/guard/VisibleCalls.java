package dev.countersign.guard;

import com.google.protobuf.ByteString;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.client.WorkflowPages;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a user may see of calls, and take back: their own alone. */
final class VisibleCalls {
  private final Supplier<UserDigest> digests;
  private final WorkflowPages workflows;
  private final CallStates states;
  private final CallCancel cancel;
  private final CallEvidences evidences;
  private final Duration patienceForOne;
  private final Duration patienceForMany;

  /**
   * Makes the view.
   *
   * @param patienceForOne how long a call may take to say where it stands
   * @param patienceForMany the same of several that are asked side by side
   */
  VisibleCalls(
      WorkflowClient client,
      Freezer freezer,
      Supplier<UserDigest> digests,
      WorkflowPages workflows,
      CallStates states,
      Duration patienceForOne,
      Duration patienceForMany) {
    this.digests = digests;
    this.workflows = workflows;
    this.states = states;
    this.cancel = new CallCancel(client, states, patienceForOne);
    this.evidences = new CallEvidences(client, freezer);
    this.patienceForOne = patienceForOne;
    this.patienceForMany = patienceForMany;
  }

  /** As {@link GuardedCalls#find(String, String)}. */
  Optional<CallState> find(String sub, String id) {
    return find(sub, id, patienceForOne);
  }

  private Optional<CallState> find(String sub, String id, Duration patience) {
    return isOf(sub, id) ? states.of(id, patience) : Optional.empty();
  }

  /** As {@link GuardedCalls#find(String, List)}. */
  List<CallState> find(String sub, List<String> ids) {
    Duration patience = ids.size() == 1 ? patienceForOne : patienceForMany;
    return ShownCalls.look(ids, id -> id, id -> find(sub, id, patience));
  }

  /** As {@link GuardedCalls#list}. */
  GuardedCalls.Page list(String sub, CallFilter filter, int size, @Nullable ByteString from) {
    WorkflowPages.Page found = find(sub, filter, size, from);
    return new GuardedCalls.Page(shown(sub, filter, found.workflows()), found.next());
  }

  /** As {@link GuardedCalls#oldest}. */
  GuardedCalls.Oldest oldest(String sub, CallFilter filter, int most, int listed) {
    List<WorkflowPages.Found> found = find(sub, filter, listed, null).workflows();
    int more = Math.max(0, found.size() - most);
    List<CallState> oldest =
        shown(sub, filter, found.subList(more, found.size())).stream()
            .sorted(Comparator.comparing(CallState::requestedAt))
            .toList();
    return new GuardedCalls.Oldest(oldest, more > 0);
  }

  private WorkflowPages.Page find(
      String sub, CallFilter filter, int size, @Nullable ByteString from) {
    return workflows.find(filter.query(digests.get().of(sub)), size, from);
  }

  private List<CallState> shown(String sub, CallFilter filter, List<WorkflowPages.Found> found) {
    List<WorkflowPages.Found> own = found.stream().filter(call -> isOf(sub, call.id())).toList();
    return ShownCalls.look(own, WorkflowPages.Found::id, call -> states.of(call, patienceForMany))
        .stream()
        .filter(filter::has)
        .toList();
  }

  /** As {@link GuardedCalls#ids}. */
  List<String> ids(String sub, CallFilter filter, int most) {
    return find(sub, filter, most, null).workflows().stream().map(WorkflowPages.Found::id).toList();
  }

  /** As {@link GuardedCalls#cancel}. */
  Optional<CallState> cancel(String sub, String id) {
    if (!isOf(sub, id)) {
      return Optional.empty();
    }
    Optional<CallState> state = cancel.cancel(id);
    state.ifPresent(then ->
        AuditEntry.of(AuditEvent.CANCELLED)
            .call(id)
            .conversation(then.startedBy())
            .outcome(then.status().name().toLowerCase(Locale.ROOT))
            .write());
    return state;
  }

  /** As {@link GuardedCalls#evidence}. */
  EvidenceAnswer evidence(String sub, String id) {
    return find(sub, id)
        .map(call -> evidences.answer(id, call))
        .orElseGet(EvidenceAnswer.None::new);
  }

  private boolean isOf(String sub, String id) {
    return CallId.of(id).filter(call -> call.user().equals(digests.get().of(sub))).isPresent();
  }
}
