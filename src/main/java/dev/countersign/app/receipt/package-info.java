/**
 * Signed receipts of calls that their users have approved. Start at {@link
 * dev.countersign.app.receipt.Receipts}.
 */
@NullMarked
package dev.countersign.app.receipt;

import org.jspecify.annotations.NullMarked;
