package dev.countersign.app.api;

/**
 * What takes longer bodies than everything else, and bounds them itself once it knows who sends
 * them.
 *
 * @param path the whole of it
 * @param mostBytes the longest
 */
public record LongBody(String path, int mostBytes) {}
