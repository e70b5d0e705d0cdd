package dev.countersign.app.signout;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All sign-outs that count; one for all processes of an application. */
@WorkflowInterface
public interface SignOutsWorkflow {
  /** Type of the workflow, as in histories. */
  String TYPE = "SignOuts";

  /**
   * Runs until none counts any more.
   *
   * @param kept what counts already; null: nothing
   */
  @WorkflowMethod(name = TYPE)
  void keep(@Nullable Kept kept);

  /** Somebody has signed out. */
  @SignalMethod(name = "signedOut")
  void signedOut(@Nullable SignOut signOut);

  /**
   * What a process doesn't know yet.
   *
   * @param chain as of the answer before; null: there was none
   * @param after the number of the last one of that answer
   */
  @QueryMethod(name = "news")
  News news(@Nullable String chain, long after);

  /**
   * A sign-out and its place.
   *
   * @param number the newest has the highest
   */
  record Numbered(long number, SignOut signOut) {}

  /**
   * What goes on into another run.
   *
   * @param floor logins up to this time don't count any more; 0: all do
   * @param floorUntil when all of these are over anyway
   */
  record Kept(List<Numbered> signOuts, long last, long floor, long floorUntil) {}

  /**
   * What has come since.
   *
   * @param chain numbers count for this alone; another one tells all; null: there is no workflow
   * @param last the highest number
   * @param floor logins up to this time, in seconds since 1970, don't count any more; 0: all do
   * @param floorUntil when all of these are over anyway, in seconds since 1970
   */
  record News(
      @Nullable String chain, long last, long floor, long floorUntil, List<SignOut> signOuts) {
    /** Nobody has signed out. */
    static final News NONE = new News(null, 0, 0, 0, List.of());
  }
}
