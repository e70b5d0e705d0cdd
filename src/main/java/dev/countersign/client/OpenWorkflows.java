package dev.countersign.client;

import io.temporal.api.enums.v1.QueryRejectCondition;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryRejectedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Queries of workflows that go on. One answers only while a worker runs that can replay it; one
 * that has ended is never asked, since its end says all and needs no code of today's.
 */
public final class OpenWorkflows {
  /** A workflow that is well answers within 0.1 s; a machine that is busy may need longer. */
  public static final Duration PATIENCE_FOR_ONE = Duration.ofSeconds(10);

  /** Of several that are asked side by side, so that those that answer aren't held up. */
  public static final Duration PATIENCE_FOR_MANY = Duration.ofSeconds(3);

  private final WorkflowClient client;

  /** Asks workflows of the client's namespace. */
  public OpenWorkflows(WorkflowClient client) {
    this.client =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder(client.getOptions())
                .setQueryRejectCondition(QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN)
                .validateAndBuildWithDefaults());
  }

  /** What came of a question. */
  public sealed interface Answer<T> {

    /** What the workflow says; null: it has nothing to say. */
    record Given<T>(@Nullable T value) implements Answer<T> {}

    /** The workflow has ended. */
    record Ended<T>() implements Answer<T> {}

    /** There is no workflow of that id. */
    record NotThere<T>() implements Answer<T> {}

    /** No answer, or none that can be read: no worker, or one that can't replay the workflow. */
    record None<T>(RuntimeException reason) implements Answer<T> {}
  }

  /**
   * Asks a workflow; never throws.
   *
   * @param patience the longest that the question may take
   * @param arguments of the question
   */
  public <T> Answer<T> ask(
      String id, String query, Class<T> type, Duration patience, @Nullable Object... arguments) {
    try {
      return new Answer.Given<>(
          Deadlines.within(
              patience, () -> client.newUntypedWorkflowStub(id).query(query, type, arguments)));
    } catch (WorkflowNotFoundException _) {
      return new Answer.NotThere<>();
    } catch (WorkflowQueryRejectedException _) {
      return new Answer.Ended<>();
    } catch (RuntimeException e) {
      return new Answer.None<>(e);
    }
  }
}
