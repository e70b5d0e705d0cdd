package dev.countersign.guard;

import dev.countersign.approval.Decision;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;

/**
 * Has the approval of a call remembered that is done, in workflow code: before anybody learns that
 * it is, so that an equal call made at once is covered. A call's end doesn't depend on it.
 */
final class ApprovalKeeper {
  private static final Logger log = Workflow.getLogger(ApprovalKeeper.class);

  private final FrozenCall call;
  private final Snapshot snapshot;

  ApprovalKeeper(FrozenCall call, Snapshot snapshot) {
    this.call = call;
    this.snapshot = snapshot;
  }

  void done(Decision.Approved approved, Instant approvedAt) {
    if (snapshot.remember() == null) {
      return;
    }
    try {
      Workflow.newActivityStub(
              GrantActivities.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofSeconds(5))
                  .setScheduleToCloseTimeout(Duration.ofSeconds(10))
                  .setRetryOptions(
                      RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(500)).build())
                  .setSummary("Remember the approval")
                  .build())
          .remember(
              new GrantActivities.ApprovedCallDone(
                  call, approved.token(), approved.tokenExpiresAt(), approvedAt));
    } catch (ActivityFailure e) {
      log.warn("The approval is not remembered", e);
    }
  }
}
