/**
 * Traces of the application, by Spring Boot's OpenTelemetry: off, unless the usual variables want
 * them. What leaves has no user's text in it. Start at {@link
 * dev.countersign.app.trace.TraceVariables}.
 */
@NullMarked
package dev.countersign.app.trace;

import org.jspecify.annotations.NullMarked;
