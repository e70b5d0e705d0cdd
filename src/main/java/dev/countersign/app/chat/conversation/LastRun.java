package dev.countersign.app.chat.conversation;

/**
 * The run in which a conversation was deleted; those before it are found from it.
 *
 * @param runId of Temporal
 */
public record LastRun(String conversationId, String runId) {}
