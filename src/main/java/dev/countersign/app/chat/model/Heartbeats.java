package dev.countersign.app.chat.model;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one call of the model: they carry what may be shown of its answer, and bring
 * back that no more of it is wanted.
 */
final class Heartbeats implements AutoCloseable {
  private final ActivityExecutionContext context;
  private final Supplier<@Nullable ModelDraft> draft;
  private final Runnable unwanted;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Begins with them.
   *
   * @param draft null: there is nothing to show
   * @param unwanted run when the answer isn't wanted any more
   */
  Heartbeats(
      ActivityExecutionContext context, Supplier<@Nullable ModelDraft> draft, Runnable unwanted) {
    this.context = context;
    this.draft = draft;
    this.unwanted = unwanted;
    Thread.ofVirtual().name("model-heartbeats").start(this::run);
  }

  private void run() {
    ModelDraft sent = null;
    long last = System.nanoTime();
    while (!isClosedWithin(ModelOptions.DRAFT_EVERY)) {
      ModelDraft now = draft.get();
      if (!Objects.equals(now, sent)
          || System.nanoTime() - last >= ModelOptions.HEARTBEAT_EVERY.toNanos()) {
        send(now);
        sent = now;
        last = System.nanoTime();
      }
    }
  }

  private void send(@Nullable ModelDraft now) {
    try {
      context.heartbeat(now);
    } catch (ActivityCanceledException | ActivityNotExistsException _) {
      unwanted.run();
    } catch (ActivityCompletionException _) {
      // the process stops, say: the answer may still come in time
    }
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
