package dev.countersign.app.purchase;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import java.util.regex.Pattern;

/**
 * Workflow ids of purchases. They hold the digest of the user's {@code sub}, so that another user's
 * purchase can't be named: {@code p-<user>-<key>} by the API, {@code <conversation>-<n>} in a chat.
 */
final class PurchaseIds {
  private static final String DIGEST = "[0-9a-f]{32}";

  private PurchaseIds() {}

  static String of(Caller caller, IdempotencyKey key) {
    return "p-" + caller.digest() + "-" + key.digest();
  }

  static boolean belongTo(Caller caller, String id) {
    return Pattern.matches(
        "(p-%1$s-%2$s|c-%1$s-%2$s-[0-9]+)".formatted(caller.digest(), DIGEST), id);
  }
}
