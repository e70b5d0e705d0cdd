/**
 * Spans of what this library does, in the trace of whoever had it done: by Micrometer's tracer,
 * where the host has one. Workflow code makes none, it only passes on whose trace it is in. No
 * user's text, token or name is in a span. Start at {@link
 * dev.countersign.tracing.TracingAutoConfiguration}.
 */
@NullMarked
package dev.countersign.tracing;

import org.jspecify.annotations.NullMarked;
