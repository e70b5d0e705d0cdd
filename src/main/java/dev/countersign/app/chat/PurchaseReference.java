package dev.countersign.app.chat;

import dev.countersign.app.api.Digest;
import java.util.Locale;

/**
 * A purchase's name in a chat, short enough for a small model to copy: {@code P-3F9A1C7E}. It comes
 * from the id alone, so it is the same in every conversation.
 */
final class PurchaseReference {
  private static final String PREFIX = "P-";
  private static final int DIGITS = 8;

  private PurchaseReference() {}

  static String of(String purchaseId) {
    return PREFIX + Digest.of(purchaseId).substring(0, DIGITS).toUpperCase(Locale.ROOT);
  }

  /** Whether a text means that purchase: its reference, in any case, or its id. */
  static boolean means(String text, String purchaseId) {
    String name = text.strip();
    return name.equals(purchaseId)
        || name.equalsIgnoreCase(of(purchaseId))
        || (PREFIX + name).equalsIgnoreCase(of(purchaseId));
  }
}
