package dev.countersign.shop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one order request. Only {@link Unknown} leaves open whether the shop acted. */
public sealed interface OrderAnswer {

  /**
   * 2xx: ordered.
   *
   * @param statusText the shop's status text, such as {@code Created}
   */
  record Ordered(String statusText) implements OrderAnswer {}

  /** 401: the shop doesn't take the token; nothing was ordered. */
  record Unauthorized(String words) implements OrderAnswer {}

  /** 409: this order, or another under the same key, is there or being worked on. */
  record Conflict(String words) implements OrderAnswer {}

  /** Any other 4xx, and 3xx: the shop says that this can't be, in its own words. */
  record Refused(int status, String words) implements OrderAnswer {}

  /** No connection was made: nothing was sent, nothing was ordered. */
  record NotSent(String reason) implements OrderAnswer {}

  /** 425, 429, 503: the shop didn't take the order now. */
  record Busy(int status, @Nullable Duration retryAfter) implements OrderAnswer {}

  /** Sent, and no definite answer came (time-out, reset, 408, other 5xx): it may be ordered. */
  record Unknown(String reason) implements OrderAnswer {}
}
