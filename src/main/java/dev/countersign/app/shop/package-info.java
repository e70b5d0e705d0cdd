/**
 * The shop's HTTP client. Start at {@link dev.countersign.app.shop.ShopClient}; {@link
 * dev.countersign.app.shop.OrderAnswer} lists what can come of an order. Knows nothing of
 * approvals, workflows or Spring; whether to order again is its caller's decision.
 */
@NullMarked
package dev.countersign.app.shop;

import org.jspecify.annotations.NullMarked;
