package dev.countersign.guard.proxy;

import java.util.List;

/**
 * A method is to be guarded, but could be called past its guard: the application must not start.
 */
public final class UnguardableMethodException extends RuntimeException {

  /**
   * Says what is wrong.
   *
   * @param sentences each names the method, and says what to do
   */
  public UnguardableMethodException(List<String> sentences) {
    super(String.join("\n", sentences));
  }
}
