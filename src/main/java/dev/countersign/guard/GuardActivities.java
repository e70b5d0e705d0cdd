package dev.countersign.guard;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a guarded call needs of the world outside its workflow, beside the approval. */
@ActivityInterface
public interface GuardActivities {
  /** Type of {@link #run}, as in histories. */
  String RUN = "RunApproved";

  /** Runs the method once. */
  @ActivityMethod(name = RUN)
  RunAnswer run(ApprovedRun run);

  /** Asks once what became of a run whose outcome is unknown. */
  @ActivityMethod(name = "LookUpOutcome")
  LookUpAnswer lookUp(ApprovedRun run);
}
