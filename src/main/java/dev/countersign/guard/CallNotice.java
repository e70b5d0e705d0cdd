package dev.countersign.guard;

/**
 * A sentence about a call that goes on.
 *
 * @param text for the user, as it stands
 */
public record CallNotice(String callId, String text) {}
