package dev.countersign.app.chat.transcript;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that the user sees.
 *
 * @param id running number within the conversation, from 1
 * @param at ISO-8601 in UTC
 * @param callId the call whose news this is; null: no news of a call
 */
public record ChatMessage(
    int id, ChatRole role, String text, Instant at, @Nullable String callId) {}
