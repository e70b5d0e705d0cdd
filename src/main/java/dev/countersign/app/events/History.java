package dev.countersign.app.events;

/** Tells when one workflow may have changed. What came before the first call is not told. */
interface History {
  /** Whether there will be more. */
  enum Life {
    GOES_ON,
    ENDED,
    /** Never was, or was forgotten after its end. */
    NOT_THERE
  }

  /**
   * Waits for the next change; the first call returns at once. Whoever looks at the workflow after
   * each return misses nothing. After a failure it can be called again, and goes on where it was.
   */
  Life awaitChange();
}
