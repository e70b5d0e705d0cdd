package dev.countersign.app.chat.model;

/**
 * What may be shown of an answer that is still coming: the details of the heartbeats of {@link
 * ModelActivities#callModel}. It is no message, and nothing of it is kept.
 *
 * @param text not empty
 */
public record ModelDraft(String text) {}
