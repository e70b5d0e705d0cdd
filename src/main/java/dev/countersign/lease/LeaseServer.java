package dev.countersign.lease;

import java.util.concurrent.CompletableFuture;

/** Temporal, as the holder of a lease sees it. No call blocks but the last. */
interface LeaseServer {

  /**
   * Sends a beat.
   *
   * @param term of the activity that holds the lease: its task token
   * @return completes when history has stored it; with {@link ConfirmedHeartbeat.GoneException} if
   *     the term is over, with anything else if it is unknown whether it arrived
   */
  CompletableFuture<Void> beat(byte[] term);

  /** Asks for a new term, which comes as an activity. */
  CompletableFuture<Void> want();

  /**
   * Counts the other processes of the application that have a lease, by Temporal's list, which is a
   * moment late.
   */
  CompletableFuture<Integer> others();

  /** The next call takes a new connection: the present one may be dead in one direction. */
  void reconnect();

  /** Gives a term back; waits for the answer, for a few seconds at most. */
  void giveBack(byte[] term);
}
