package dev.countersign.approval;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One waiting activity: its heartbeat and the latch that ends its sleep early. */
final class Wait implements AutoCloseable {
  private final HeartbeatTicker ticker;
  private final ActivityExecutionContext context;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Pace pace;
  private volatile @Nullable ActivityCompletionException lease;

  Wait(HeartbeatTicker ticker, ActivityExecutionContext context, Pace pace) {
    this.ticker = ticker;
    this.context = context;
    this.pace = pace;
  }

  String workflowId() {
    return workflowId(context);
  }

  /** The owner of what is sealed. */
  static String workflowId(ActivityExecutionContext context) {
    return Objects.requireNonNull(
        context.getInfo().getWorkflowId(), "Approvals can be asked for by workflows only");
  }

  synchronized Pace pace() {
    return pace;
  }

  synchronized void pace(Pace changed) {
    pace = changed;
    beat();
  }

  /** Sends the pace to Temporal; a lease that was lost or cancelled ends the wait. */
  synchronized void beat() {
    if (lease != null) {
      return;
    }
    try {
      context.heartbeat(pace);
    } catch (ActivityCompletionException e) {
      lease = e;
      stopped.countDown();
    } catch (RejectedExecutionException e) { // the worker went down while it heartbeat
      stopped.countDown();
    }
  }

  /** Ends the wait because this process is going down. */
  void stop() {
    stopped.countDown();
  }

  /**
   * Sleeps, unless the wait must end.
   *
   * @throws ActivityCompletionException if the activity was cancelled or is another's by now
   * @throws ShuttingDownException if this process is going down
   */
  void sleep(Duration duration) throws ShuttingDownException {
    try {
      if (!stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShuttingDownException();
    }
    throwIfLost();
    throw new ShuttingDownException();
  }

  /**
   * Sleeps, also while this process is going down or the activity is cancelled: a cancel by a ping
   * still wants what is there.
   *
   * @throws ActivityNotExistsException if nobody wants it any more
   */
  void sleepThrough(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (lease instanceof ActivityNotExistsException gone) {
      throw gone;
    }
  }

  private void throwIfLost() {
    ActivityCompletionException lost = lease;
    if (lost != null && !(lost instanceof ActivityWorkerShutdownException)) {
      throw lost;
    }
  }

  @Override
  public void close() {
    ticker.remove(this);
  }

  /** This process is going down: another one must go on. */
  static final class ShuttingDownException extends Exception {}
}
