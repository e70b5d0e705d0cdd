package dev.countersign.chat;

/**
 * Input of {@link ConversationWorkflow#turn}.
 *
 * @param message what the user says, not blank
 * @param key digest of the {@code Idempotency-Key}: the same key gets the same answer
 */
public record TurnRequest(String message, String key) {}
