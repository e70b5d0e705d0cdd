/**
 * Seals what Temporal keeps (inputs, results, failures, heartbeats, memos), so that who reads its
 * database or its Web UI can't. Start at {@link dev.countersign.payload.SealedPayloads}.
 */
@NullMarked
package dev.countersign.payload;

import org.jspecify.annotations.NullMarked;
