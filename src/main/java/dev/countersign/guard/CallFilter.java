package dev.countersign.guard;

import static java.util.stream.Collectors.joining;

import dev.countersign.approval.ApprovalAttributes;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a list has.
 *
 * @param tool only calls of this one; null: of all
 * @param statuses only those that stand so; empty: all
 */
public record CallFilter(@Nullable String tool, Set<CallStatus> statuses) {
  private static final String CALLS = "WorkflowType = '%s'".formatted(GuardedCallWorkflow.TYPE);

  /** How Temporal calls the end of what didn't end by itself. */
  private static final String STOPPED =
      "ExecutionStatus IN ('Canceled', 'Failed', 'Terminated', 'TimedOut')";

  public CallFilter {
    statuses = Set.copyOf(statuses);
  }

  /** Whether a call is one of those, as it stands now. */
  public boolean has(CallState call) {
    return (tool == null || tool.equals(call.tool()))
        && (statuses.isEmpty() || statuses.contains(call.status()));
  }

  /**
   * Finds at least those that it has, as visibility knows them: of one that was stopped from
   * outside it knows an old status, and of one that runs for the first time where it stood before.
   *
   * @param user digest of the user
   */
  String query(String user) {
    return among(CALLS + " AND %s = '%s'".formatted(ApprovalAttributes.USER_ID.getName(), user));
  }

  /** The same of all users. */
  String query() {
    return among(CALLS);
  }

  private String among(String calls) {
    String query = calls;
    if (tool != null) {
      query += " AND %s = '%s'".formatted(ApprovalAttributes.TOOL.getName(), tool);
    }
    if (statuses.isEmpty()) {
      return query;
    }
    Set<CallStatus> shown = EnumSet.copyOf(statuses);
    if (shown.contains(CallStatus.RUNNING)) {
      shown.add(CallStatus.AWAITING_APPROVAL);
      shown.add(CallStatus.REQUESTED); // nobody is asked
    }
    String such =
        shown.stream()
            .map(status -> "'" + status + "'")
            .sorted()
            .collect(joining(", ", ApprovalAttributes.STATUS.getName() + " IN (", ")"));
    boolean maybeStopped = statuses.stream().anyMatch(StoppedCall.STATUSES::contains);
    return query + " AND " + (maybeStopped ? "(" + such + " OR " + STOPPED + ")" : such);
  }
}
