package dev.countersign.app.chat.model;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeats of one call of the model: they carry what may be shown of its answer, and bring
 * back that no more of it is wanted.
 */
final class Heartbeats implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

  private final ActivityExecutionContext context;
  private final Supplier<@Nullable ModelDraft> draft;
  private final ComingAnswer coming;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Begins with them.
   *
   * @param draft null: there is nothing to show
   * @param coming ended when it isn't wanted any more
   */
  Heartbeats(
      ActivityExecutionContext context, Supplier<@Nullable ModelDraft> draft, ComingAnswer coming) {
    this.context = context;
    this.draft = draft;
    this.coming = coming;
    Thread.ofVirtual().name("model-heartbeats").start(this::run);
  }

  private void run() {
    ModelDraft sent = null;
    send(sent); // what another attempt has shown is void
    long last = System.nanoTime();
    while (!isClosedWithin(ModelOptions.DRAFT_EVERY)) {
      ModelDraft now = now();
      if (!Objects.equals(now, sent)
          || System.nanoTime() - last >= ModelOptions.HEARTBEAT_EVERY.toNanos()) {
        send(now);
        sent = now;
        last = System.nanoTime();
      }
    }
  }

  /** Without heartbeats the attempt would be taken for dead. */
  private @Nullable ModelDraft now() {
    try {
      return draft.get();
    } catch (RuntimeException | StackOverflowError e) {
      log.warn("An answer can't be shown while it comes", e);
      return null;
    }
  }

  private void send(@Nullable ModelDraft now) {
    try {
      context.heartbeat(now);
    } catch (ActivityCanceledException e) {
      if (e.getCause() instanceof TimeoutFailure) { // of our own, for Temporal is away
        coming.leave();
      } else {
        coming.stop();
      }
    } catch (ActivityNotExistsException _) {
      coming.leave();
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
