/**
 * Seals what leaves the process and must come back unread and unchanged: tokens that enter workflow
 * history, places in a list that a caller holds. Start at {@link dev.countersign.vault.Vault}, with
 * a {@link dev.countersign.vault.Purpose}.
 */
@NullMarked
package dev.countersign.vault;

import org.jspecify.annotations.NullMarked;
