/**
 * Calls of guarded tools as the API shows them, whatever they do, and who is asked to approve them.
 * Start at {@link dev.countersign.app.call.Calls}.
 */
@NullMarked
package dev.countersign.app.call;

import org.jspecify.annotations.NullMarked;
