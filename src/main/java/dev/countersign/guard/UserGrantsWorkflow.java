package dev.countersign.guard;

import dev.countersign.vault.Sealed;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The approvals of one user that are remembered. Open while there are any, and for a while after
 * some were forgotten: a call that was asked before may end after that.
 */
@WorkflowInterface
public interface UserGrantsWorkflow {
  /** Type of the workflow, as in histories. */
  String TYPE = "UserGrants";

  /**
   * Runs until the last one has ended.
   *
   * @param kept what is remembered already; null: nothing
   */
  @WorkflowMethod(name = TYPE)
  void keep(@Nullable Kept kept);

  /** Remembers an approval, in place of one that covers the same calls. */
  @SignalMethod(name = "remember")
  void remember(@Nullable Grant grant);

  /** Forgets some, of calls that were asked so far: from now on they cover nothing. */
  @SignalMethod(name = "forget")
  void forget(@Nullable Forgetting what);

  /** All that are remembered, oldest first. */
  @QueryMethod(name = "grants")
  List<Grant> grants();

  /** The one that covers such calls; null: there is none. */
  @QueryMethod(name = "covering")
  @Nullable Grant covering(String likeness);

  /**
   * A remembered approval. Whoever may write to Temporal may make one up, but can't seal it.
   *
   * @param callId of the call that was approved
   * @param message what the user's device had shown
   * @param conversation the only one in which it covers calls; null: in all
   * @param any names of the arguments that may differ
   * @param likeness of the calls that it covers
   * @param askedAt when the call was made
   * @param approvedAt when the user's yes arrived
   * @param expiresAt when it ends
   * @param token the access token, sealed for exactly this
   */
  record Grant(
      String callId,
      String tool,
      String message,
      @Nullable String conversation,
      List<String> any,
      String likeness,
      Instant askedAt,
      Instant approvedAt,
      Instant expiresAt,
      Sealed token) {

    CoveredBy coveredBy() {
      return new CoveredBy(callId, approvedAt, expiresAt);
    }
  }

  /**
   * What is forgotten; all, if it says nothing.
   *
   * @param callId the one of this call; null: not only one
   * @param conversation those of this conversation; null: not only these
   */
  record Forgetting(@Nullable String callId, @Nullable String conversation) {}

  /**
   * That approvals were forgotten: none is remembered of a call that was asked before.
   *
   * @param likeness of the calls; null: of all
   * @param conversation in which; null: in all
   */
  record Mark(@Nullable String likeness, @Nullable String conversation, Instant at) {}

  /** What goes on into another run. */
  record Kept(List<Grant> grants, List<Mark> marks) {}
}
