package dev.countersign.approval;

import java.time.Duration;

/**
 * How far this process is behind with its polls.
 *
 * @param overdue how many should have gone out by now, and wait for a turn of the provider's budget
 * @param longest since when the first of them should have
 */
public record PollLoad(int overdue, Duration longest) {}
