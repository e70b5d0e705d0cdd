package dev.countersign.app.chat;

import dev.countersign.app.purchase.Purchase;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call of {@code cancel_purchase}.
 *
 * @param toolResult what the model is told
 * @param cancelled what was taken back; null: nothing
 */
public record Cancellation(String toolResult, @Nullable Purchase cancelled) {}
