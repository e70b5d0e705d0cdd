package dev.countersign.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/chat}.
 *
 * @param message what the user says; 1 to 4,000 characters, not only white space
 * @param conversationId null: begin a conversation
 */
record ChatRequest(
    @NotBlank(message = "must not be blank")
        @Size(max = 4_000, message = "must have at most 4,000 characters")
        @Nullable String message,
    @Nullable String conversationId) {}
