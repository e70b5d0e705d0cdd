/**
 * The whole product from outside: the real application, a real Temporal server, the development
 * tenant and shop, over HTTP. Start at {@link dev.countersign.e2e.PurchaseIT}.
 *
 * <p>Test classes run in several JVMs side by side. So a port comes from {@link
 * dev.countersign.devservices.loopback.FreePort} or is 0, and a file has a name that no other class
 * gives. What all classes of a JVM share is kept in the store of the launcher session: each class
 * is an execution of its own.
 */
@NullMarked
package dev.countersign.e2e;

import org.jspecify.annotations.NullMarked;
