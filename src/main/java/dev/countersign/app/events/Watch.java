package dev.countersign.app.events;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at workflows whenever they have changed, each on a virtual thread of its own, until it is
 * closed. Whatever fails is tried again, after a pause: then a look is due too, so that viewers see
 * changes, if late, even where waiting for them isn't possible.
 */
final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Context.CancellableContext calls = Context.ROOT.withCancellation();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Looks at a workflow. */
  interface Look {
    /**
     * Looks.
     *
     * @return whether there will be anything more to see
     */
    boolean look(History.Life life);
  }

  void start(String name, History history, Look look) {
    Thread.ofVirtual().name(name).start(calls.wrap(() -> run(name, history, look)));
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run(String name, History history, Look look) {
    Pauses pauses = new Pauses();
    boolean due = false;
    History.Life life = History.Life.GOES_ON;
    boolean more = true;
    while (more && !isClosed()) {
      try {
        if (!due) {
          due = true;
          life = history.awaitChange();
          pauses.reset();
        }
        more = look.look(life);
        due = false;
      } catch (RuntimeException e) {
        pause(name, pauses.next(), e);
      }
    }
  }

  private void pause(String name, Duration pause, RuntimeException reason) {
    if (!isClosed()) {
      log.debug("Watching {} goes on in {} ms", name, pause.toMillis(), reason);
    }
    try {
      var _ = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      close(); // nobody interrupts it but the end of the process
    }
  }

  /** Cancels the calls that are under way. */
  @Override
  public void close() {
    closed.countDown();
    calls.cancel(null);
  }
}
