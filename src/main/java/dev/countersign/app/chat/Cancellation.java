package dev.countersign.app.chat;

import org.jspecify.annotations.Nullable;

/**
 * What came of a call of {@code cancel_request}.
 *
 * @param toolResult what the model is told
 * @param cancelled what the device of the user had shown of what was taken back; null: nothing was
 */
public record Cancellation(String toolResult, @Nullable String cancelled) {}
