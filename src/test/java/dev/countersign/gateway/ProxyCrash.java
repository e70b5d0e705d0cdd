package dev.countersign.gateway;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Lets the tests outlive one crash of the proxy's process: Python itself has been seen to end by a
 * segmentation fault. The test in which it did says nothing, so it counts as not made; the next
 * ones have a new process. A second crash fails.
 */
final class ProxyCrash implements TestExecutionExceptionHandler {
  private final Supplier<LiteLlmProxy> proxy;
  private final Runnable another;
  private final AtomicBoolean seen = new AtomicBoolean();

  /**
   * Of the process that the tests take.
   *
   * @param another starts one at another address, for what a test has left may go on asking
   */
  ProxyCrash(Supplier<LiteLlmProxy> proxy, Runnable another) {
    this.proxy = proxy;
    this.another = another;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    LiteLlmProxy crashed = proxy.get();
    if (!crashed.hasCrashed()) {
      throw failure;
    }
    String end = crashed.end();
    another.run();
    if (!seen.compareAndSet(false, true)) {
      failure.addSuppressed(new IllegalStateException("For the second time: " + end));
      throw failure;
    }
    System.out.println(end + "; started again");
    throw new TestAbortedException(end, failure);
  }
}
