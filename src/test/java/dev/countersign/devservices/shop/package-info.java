/**
 * A shop for development and tests that orders only for a token of the user's approval. Start at
 * {@link dev.countersign.devservices.shop.DemoShop}. Shares nothing with the application's own
 * client of a shop.
 */
@NullMarked
package dev.countersign.devservices.shop;

import org.jspecify.annotations.NullMarked;
