package dev.countersign.guard;

/**
 * A tool as a {@link ToolSource} offers it right now.
 *
 * @param signature what it takes
 * @param invocation runs it, as its source would
 */
public record OfferedTool(ToolSignature signature, Invocation invocation) {}
