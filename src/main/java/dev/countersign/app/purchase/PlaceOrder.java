package dev.countersign.app.purchase;

import dev.countersign.vault.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link PurchaseActivities#placeOrder}.
 *
 * @param token the approved access token, sealed for the workflow
 * @param tokenExpiresAt when it ends: it is not sent then; null: not known
 */
public record PlaceOrder(Purchase purchase, Sealed token, @Nullable Instant tokenExpiresAt) {}
