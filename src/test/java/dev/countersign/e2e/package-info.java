/**
 * The whole product from outside: the real application, a real Temporal server, the development
 * tenant and shop, over HTTP. Start at {@link dev.countersign.e2e.PurchaseIT}.
 */
@NullMarked
package dev.countersign.e2e;

import org.jspecify.annotations.NullMarked;
