package dev.countersign.lease;

/** Whether this process may go on with the work that it was given. Thread-safe. */
public interface Lease {

  /**
   * Whether Temporal has confirmed within the last seconds that it stores what this process
   * reports; never blocks. While it is held, no other process takes this one's work over.
   */
  boolean isHeld();

  /**
   * How often the lease was taken; rises after each lapse. Work that was begun in an earlier term
   * may be another process's by now. 0: never yet.
   */
  long term();

  /** How many processes share what all of this application together may do; never blocks. */
  Replicas replicas();

  /** A lease that never lapses, for servers that skip time and for one process alone. */
  static Lease unlimited() {
    return new Lease() {
      @Override
      public boolean isHeld() {
        return true;
      }

      @Override
      public long term() {
        return 1;
      }

      @Override
      public Replicas replicas() {
        return Replicas.ALONE;
      }
    };
  }
}
