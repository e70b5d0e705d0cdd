package dev.countersign.app.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that the user sees.
 *
 * @param id running number within the conversation, from 1
 * @param at ISO-8601 in UTC
 * @param purchaseId the purchase whose news this is; null: no news of a purchase
 */
public record ChatMessage(
    int id, ChatRole role, String text, Instant at, @Nullable String purchaseId) {}
