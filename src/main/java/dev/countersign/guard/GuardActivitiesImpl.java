package dev.countersign.guard;

import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.TokenOwner;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.spring.boot.ActivityImpl;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seam between a guarded call and the method: nothing runs but what was frozen and approved.
 */
@ActivityImpl(taskQueues = ApprovalActivities.TASK_QUEUE)
public final class GuardActivitiesImpl implements GuardActivities {
  private static final Logger log = LoggerFactory.getLogger(GuardActivitiesImpl.class);

  private final ToolRegistry tools;
  private final Freezer freezer;
  private final Vault vault;
  private final InstantSource clock;

  /**
   * Runs the tools of this process.
   *
   * @param clock the Temporal server's, by which tokens end and attempts are over
   */
  public GuardActivitiesImpl(
      ToolRegistry tools, Freezer freezer, Vault vault, InstantSource clock) {
    this.tools = tools;
    this.freezer = freezer;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public RunAnswer run(ApprovedRun run) {
    ActivityInfo attempt = Activity.getExecutionContext().getInfo();
    String workflowId = Objects.requireNonNull(attempt.getWorkflowId());
    Snapshot snapshot;
    try {
      snapshot = freezer.check(run.call(), workflowId);
    } catch (SealBrokenException e) {
      return new RunAnswer.Refused(String.valueOf(e.getMessage()));
    }
    if (TokenEnd.hasCome(run.tokenExpiresAt(), clock.instant())) {
      return new RunAnswer.TokenEnded();
    }
    if (isOver(attempt)) {
      return notDone("The attempt was over before anything was done");
    }
    Optional<GuardedTool> found = tools.find(snapshot.tool());
    if (found.isEmpty()) {
      return notDone("This process has no tool " + snapshot.tool());
    }
    GuardedTool tool = found.get();
    if (!tool.fingerprint().equals(snapshot.fingerprint())) {
      return notDone("This process has another version of the tool " + tool.name());
    }
    try {
      @Nullable Object[] arguments = new FrozenArguments(snapshot.arguments()).thaw(tool.method());
      String token =
          vault.open(
              run.token(),
              TokenOwner.of(
                  workflowId,
                  Objects.requireNonNull(attempt.getWorkflowRunId()),
                  Freezer.digest(run.call().snapshot())));
      return answer(
          tool,
          new ApprovedCall(
              token,
              workflowId,
              snapshot.userID(),
              snapshot.authorizationDetails(),
              run.approvedAt()),
          arguments);
    } catch (SealBrokenException | IllegalArgumentException e) {
      return notDone(String.valueOf(e.getMessage()));
    }
  }

  private static RunAnswer answer(
      GuardedTool tool, ApprovedCall call, @Nullable Object[] arguments) {
    @Nullable Object value;
    try {
      value = call.run(tool.invocation(), arguments);
    } catch (NotRunException e) {
      log.warn("{} was not begun", tool.name(), e);
      return notDone("Something before the method failed: " + kind(e.getCause()));
    } catch (NotDoneException e) {
      return new RunAnswer.NotDone(told(e, call), e.retryAfter());
    } catch (RefusedException e) {
      return new RunAnswer.Refused(told(e, call));
    } catch (Throwable e) {
      log.warn("{} failed, so that it is unknown whether it was done", tool.name(), e);
      // its message may hold anything, secrets too
      return new RunAnswer.Unknown("The method failed with " + kind(e));
    }
    return new RunAnswer.Done(KeptResult.of(tool.method(), value));
  }

  private static RunAnswer notDone(String reason) {
    return new RunAnswer.NotDone(reason, null);
  }

  private static String kind(@Nullable Throwable failure) {
    return failure == null ? "an unknown failure" : failure.getClass().getSimpleName();
  }

  /** What the method says, which must not hold its token. */
  private static String told(Exception said, ApprovedCall call) {
    String words = String.valueOf(said.getMessage());
    return call.token() == null ? words : words.replace(call.token(), "[token]");
  }

  /**
   * After a machine has stood still: the workflow has gone on without this attempt, and may have
   * told its user that nothing was done.
   */
  private boolean isOver(ActivityInfo attempt) {
    return clock.millis() - attempt.getStartedTimestamp()
        >= attempt.getStartToCloseTimeout().toMillis();
  }
}
