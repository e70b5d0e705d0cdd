package dev.countersign.app.shop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one order request. Only {@link Unknown} leaves open whether the shop acted. */
public sealed interface OrderAnswer {

  /**
   * 2xx: ordered.
   *
   * @param statusText the shop's status text, such as {@code Created}
   * @param number by which the shop knows the order; null: its answer names none
   */
  record Ordered(String statusText, @Nullable String number) implements OrderAnswer {
    /** The answer names no number. */
    public Ordered(String statusText) {
      this(statusText, null);
    }
  }

  /** 401: the shop doesn't take the token; nothing was ordered. */
  record Unauthorized(String words) implements OrderAnswer {}

  /** 409: this order, or another under the same key, is there or being worked on. */
  record Conflict(String words) implements OrderAnswer {}

  /** Any other 4xx: the shop says that this can't be, in its own words. */
  record Refused(int status, String words) implements OrderAnswer {}

  /** No connection was made: nothing was sent, nothing was ordered. */
  record NotSent(String reason) implements OrderAnswer {}

  /**
   * 425 (RFC 8470 5.2) and 429 (RFC 6585 4), and 503 where the shop is known to mean it: the order
   * was turned away before anybody acted on it.
   */
  record Busy(int status, @Nullable Duration retryAfter) implements OrderAnswer {}

  /**
   * Sent, and no definite answer came: it may be ordered. A time-out, a reset; 408 and 5xx, which a
   * proxy says of a shop that it had told already; 3xx, which after a {@code POST} may well mean
   * that it was taken (RFC 9110 15.4.4).
   *
   * @param retryAfter how long the other side asks to be left alone; null: it doesn't
   */
  record Unknown(String reason, @Nullable Duration retryAfter) implements OrderAnswer {
    /** The other side didn't say when to come back. */
    public Unknown(String reason) {
      this(reason, null);
    }
  }
}
