package dev.countersign.approval;

import dev.countersign.lease.TakeOver;
import dev.countersign.workflow.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees the waits of a process that is gone. */
public final class WaitTakeOver implements TakeOver {
  private static final Logger log = LoggerFactory.getLogger(WaitTakeOver.class);

  /** At a time: more would only queue at the server, before the beats of those who are alive. */
  private static final int AT_A_TIME = 16;

  private static final Duration BETWEEN_SIGNS = Duration.ofMillis(500);

  private final AwaitingWorkflows workflows;

  /**
   * Takes over from processes of this application.
   *
   * @param query for Temporal's visibility: finds all workflows that may wait for a decision
   */
  public WaitTakeOver(WorkflowClient client, TaskQueues taskQueues, String query) {
    this.workflows = new AwaitingWorkflows(client, taskQueues, query);
  }

  @Override
  public int takeOver(String holder, Instant quietSince, Runnable alive) {
    AtomicInteger freed = new AtomicInteger();
    Semaphore free = new Semaphore(AT_A_TIME);
    try (ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> all =
          workflows.listed(alive).stream()
              .map(workflow ->
                  looks.submit(() -> {
                    free.acquireUninterruptibly();
                    try {
                      freed.addAndGet(free(workflow, holder, quietSince));
                    } finally {
                      free.release();
                    }
                  }))
              .toList();
      try {
        alive.run();
        looks.shutdown();
        while (!looks.awaitTermination(BETWEEN_SIGNS.toMillis(), TimeUnit.MILLISECONDS)) {
          alive.run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        all.forEach(look -> look.cancel(true));
      }
    }
    return freed.get();
  }

  private int free(WorkflowExecution workflow, String holder, Instant quietSince) {
    int freed = 0;
    try {
      for (AwaitingWorkflows.Attempted attempted : workflows.attempted(workflow)) {
        if (attempted.worker().equals(holder) && workflows.end(attempted, quietSince)) {
          freed++;
        }
      }
    } catch (StatusRuntimeException e) { // the next search finds it
      log.warn("A wait of {} could not be freed: {}", holder, e.getStatus().getCode());
    } catch (RuntimeException e) {
      log.error("A wait of {} could not be freed", holder, e);
    }
    return freed;
  }
}
