package dev.countersign.devservices.tenant;

import java.time.Instant;
import java.util.List;

/**
 * The polls of one request that reached the tenant since it started, oldest first.
 *
 * @param id the phone's id of the request
 * @param user the asked user's sub
 */
public record PollLog(String id, String user, Instant createdAt, List<Poll> polls) {

  /**
   * One poll.
   *
   * @param at when it was answered
   * @param answer such as {@code Pending}, {@code SlowDown}, {@code Approved}
   */
  public record Poll(Instant at, String answer) {}
}
