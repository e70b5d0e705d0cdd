/** Spans of the library, by a tracer of the host's. */
@NullMarked
package dev.countersign.tracing;

import org.jspecify.annotations.NullMarked;
