/**
 * Seals secrets before they enter workflow history. Start at {@link dev.countersign.vault.Vault}.
 * Knows nothing of what it seals.
 */
@NullMarked
package dev.countersign.vault;

import org.jspecify.annotations.NullMarked;
