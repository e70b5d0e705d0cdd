/**
 * A real Temporal server for development and tests. Start at {@link
 * dev.countersign.devservices.temporal.TemporalLauncher}. Never enters the jar.
 */
@NullMarked
package dev.countersign.devservices.temporal;

import org.jspecify.annotations.NullMarked;
