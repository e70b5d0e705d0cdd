package dev.countersign.guard;

import dev.countersign.vault.Sealed;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Remembers approvals. */
@ActivityInterface
public interface GrantActivities {
  /** Type of {@link #remember}, as in histories. */
  String REMEMBER = "RememberApproval";

  /** Remembers the approval of a call that is done; again: the same. */
  @ActivityMethod(name = REMEMBER)
  void remember(ApprovedCallDone done);

  /**
   * A call that was done after its own approval.
   *
   * @param token the approved access token, sealed for this run of the workflow
   * @param tokenExpiresAt when it ends; null: not known
   * @param approvedAt when the approval arrived
   */
  record ApprovedCallDone(
      FrozenCall call, Sealed token, @Nullable Instant tokenExpiresAt, Instant approvedAt) {}
}
