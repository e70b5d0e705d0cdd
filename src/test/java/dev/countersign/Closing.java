package dev.countersign;

import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Closes what nobody needs any more. */
public final class Closing {
  private static final Set<Thread> UNDER_WAY = ConcurrentHashMap.newKeySet();

  private Closing() {}

  /** Returns at once: the workers end half a second later, while the next test runs. */
  public static void later(TestWorkflowEnvironment environment) {
    Thread closing = Thread.ofVirtual().name("closing").unstarted(() -> close(environment));
    UNDER_WAY.add(closing);
    closing.start();
  }

  private static void close(TestWorkflowEnvironment environment) {
    try {
      environment.close();
    } finally {
      UNDER_WAY.remove(Thread.currentThread());
    }
  }

  /**
   * For tests that read all that is logged: what workers of earlier tests log at their end comes
   * before. To be registered before what captures the log.
   */
  public static final class Awaited implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
      for (Thread closing : UNDER_WAY) {
        closing.join();
      }
    }
  }
}
