package dev.countersign.lease;

/**
 * Whose lease it is.
 *
 * @param holder identity of the process at Temporal
 * @param taskQueue that only this process polls
 */
public record LeaseInput(String holder, String taskQueue) {}
