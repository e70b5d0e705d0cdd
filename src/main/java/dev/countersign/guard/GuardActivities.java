package dev.countersign.guard;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Set;

/** What a guarded call needs of the world outside its workflow, beside the approval. */
@ActivityInterface
public interface GuardActivities {
  /** Type of {@link #run}, as in histories. */
  String RUN = "RunApproved";

  /** Type of {@link #lookUp}, as in histories. */
  String LOOK_UP = "LookUpOutcome";

  /** All of them. */
  Set<String> TYPES = Set.of(RUN, LOOK_UP);

  /** Runs the method once. */
  @ActivityMethod(name = RUN)
  RunAnswer run(ApprovedRun run);

  /** Asks once what became of a run whose outcome is unknown. */
  @ActivityMethod(name = LOOK_UP)
  LookUpAnswer lookUp(ApprovedRun run);
}
