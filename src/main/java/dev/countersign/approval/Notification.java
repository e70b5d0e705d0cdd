package dev.countersign.approval;

import java.time.Duration;

/**
 * How a ping for one request is recognised, and what is known of pings so far (CIBA Core 10.2).
 * Lives in histories, so it holds digests only.
 *
 * @param tokenDigest of the {@code client_notification_token}; Base64url of SHA-256
 * @param authReqIdDigest of the {@code auth_req_id}; Base64url of SHA-256
 * @param safetyInterval the least between polls without a ping
 * @param stage what the wait knows
 */
public record Notification(
    String tokenDigest, String authReqIdDigest, Duration safetyInterval, Stage stage) {

  /** Decides when the next poll goes out. The names live in workflow histories. */
  public enum Stage {
    /** No ping yet: polls are as rare as the safety interval, or rarer. */
    AWAITED,
    /**
     * The provider has pinged, and was not polled for an interval or ever: the first poll goes out
     * at once, further ones at its pace.
     */
    ARRIVED,
    /**
     * The provider has pinged during a poll, or maybe less than an interval after one: the next one
     * goes out after one interval.
     */
    ARRIVED_DURING_POLL
  }

  Notification at(Stage reached) {
    return new Notification(tokenDigest, authReqIdDigest, safetyInterval, reached);
  }
}
