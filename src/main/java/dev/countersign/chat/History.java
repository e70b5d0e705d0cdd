package dev.countersign.chat;

/** Tells when one workflow may have changed. What came before the first call is not told. */
interface History {
  /**
   * Waits for the next change; the first call returns at once. Whoever looks at the workflow after
   * each return misses nothing. After a failure it can be called again, and goes on where it was.
   *
   * @return whether the workflow goes on; not if it isn't there
   */
  boolean awaitChange();
}
