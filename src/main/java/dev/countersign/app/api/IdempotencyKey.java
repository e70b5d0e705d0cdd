package dev.countersign.app.api;

import java.util.UUID;

/**
 * Makes a repeated call one call: the {@code Idempotency-Key} header.
 *
 * @param value 1 to 255 visible ASCII characters; what comes from outside is checked at the HTTP
 *     edge
 */
public record IdempotencyKey(String value) {

  /** A key for a call that came without one: no other call can share it. */
  public static IdempotencyKey random() {
    return new IdempotencyKey(UUID.randomUUID().toString());
  }

  /** Stands for the key in workflow and update ids. */
  public String digest() {
    return Digest.of(value);
  }
}
