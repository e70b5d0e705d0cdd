/**
 * The tools that the model can call: guarded methods, and our own for looking after their calls.
 * Start at {@code Tools}. Calls are checked and frozen here; it is the workflow that starts them.
 */
@NullMarked
package dev.countersign.app.chat.tool;

import org.jspecify.annotations.NullMarked;
