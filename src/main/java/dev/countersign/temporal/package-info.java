/**
 * Countersign's own connection to Temporal, with its client, workers and task queues, beside
 * whatever its host has of Temporal: waiting for the server, search attributes, reachability, calls
 * that end soon, health and a polite shutdown. Start at {@link
 * dev.countersign.temporal.CountersignTemporal}; what runs on the workers comes as {@link
 * dev.countersign.temporal.WorkerRegistration}. Knows nothing of what the workflows do, or of who
 * is calling.
 */
@NullMarked
package dev.countersign.temporal;

import org.jspecify.annotations.NullMarked;
