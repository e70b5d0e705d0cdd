package dev.countersign.approval;

import java.time.Duration;

/**
 * What must come with the provider's notification that one request has been decided (ping mode,
 * CIBA Core 10.2). Digests only: this record lives in histories.
 *
 * @param tokenDigest of the client notification token
 * @param authReqIdDigest of the {@code auth_req_id}
 * @param safetyInterval how often the provider is asked without a notification, for one may be lost
 * @param arrived whether it has come
 */
public record Notification(
    String tokenDigest, String authReqIdDigest, Duration safetyInterval, boolean arrived) {

  boolean isFor(Ping ping) {
    return ping.matches(tokenDigest, authReqIdDigest);
  }

  Notification atArrival() {
    return new Notification(tokenDigest, authReqIdDigest, safetyInterval, true);
  }
}
