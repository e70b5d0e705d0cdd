package dev.countersign.app.shop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a shop says of an order that it may have. */
public sealed interface LookUpAnswer {

  /**
   * 200: it has the order.
   *
   * @param statusText the shop's status text, such as {@code OK}
   * @param number by which the shop knows the order; null: its answer names none
   */
  record Ordered(String statusText, @Nullable String number) implements LookUpAnswer {
    /** The answer names no number. */
    public Ordered(String statusText) {
      this(statusText, null);
    }
  }

  /** 404: it has no such order, and gets none unless one is still under way to it. */
  record NotFound() implements LookUpAnswer {}

  /**
   * Anything else, or no answer.
   *
   * @param retryAfter how long the shop asks to be left alone; null: it doesn't
   */
  record Unknown(String reason, @Nullable Duration retryAfter) implements LookUpAnswer {}
}
