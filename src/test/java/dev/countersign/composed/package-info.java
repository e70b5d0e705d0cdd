/**
 * Services of {@code docker-compose.yml} without containers: their own binaries, with the settings
 * of the file. Start at {@link dev.countersign.composed.TemporalOnPostgresql}.
 */
@NullMarked
package dev.countersign.composed;

import org.jspecify.annotations.NullMarked;
