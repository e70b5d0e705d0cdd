package dev.countersign.shop;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one order request. Only {@link Unknown} leaves open whether the shop acted. The
 * names on the wire live in workflow histories: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OrderAnswer.Ordered.class, name = "ordered"),
  @JsonSubTypes.Type(value = OrderAnswer.Unauthorized.class, name = "unauthorized"),
  @JsonSubTypes.Type(value = OrderAnswer.Conflict.class, name = "conflict"),
  @JsonSubTypes.Type(value = OrderAnswer.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = OrderAnswer.NotSent.class, name = "notSent"),
  @JsonSubTypes.Type(value = OrderAnswer.Busy.class, name = "busy"),
  @JsonSubTypes.Type(value = OrderAnswer.Unknown.class, name = "unknown")
})
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
