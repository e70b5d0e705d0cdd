/**
 * What the application needs of Temporal beyond the Spring starter: waiting for the server, search
 * attributes, reachability, calls that end soon, health and a polite shutdown. Start at {@code
 * TemporalConfiguration}; the workers themselves are the starter's and stand in {@code
 * application.yaml}. Knows nothing of what the workflows do, or of who is calling.
 */
@NullMarked
package dev.countersign.temporal;

import org.jspecify.annotations.NullMarked;
