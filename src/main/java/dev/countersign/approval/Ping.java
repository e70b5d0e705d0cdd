package dev.countersign.approval;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;

/**
 * A provider's notification that a request has been decided (CIBA Core 10.2), as it is signalled to
 * the workflow. Digests only: it lives in histories.
 *
 * @param tokenDigest of the client notification token
 * @param authReqIdDigest of the {@code auth_req_id} that it named
 */
public record Ping(String tokenDigest, String authReqIdDigest) {

  /** Takes the same time wherever the digests differ. */
  boolean matches(String otherTokenDigest, String otherAuthReqIdDigest) {
    return equal(
        tokenDigest + " " + authReqIdDigest, otherTokenDigest + " " + otherAuthReqIdDigest);
  }

  boolean hasToken(String otherTokenDigest) {
    return equal(tokenDigest, otherTokenDigest);
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
  }
}
