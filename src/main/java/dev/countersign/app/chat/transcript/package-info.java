/**
 * What was said and done in a conversation, as it is kept in workflow histories: start at {@code
 * Transcript}. The names of its records on the wire never change. Knows neither the model, nor the
 * tools that were called, nor the workflow.
 */
@NullMarked
package dev.countersign.app.chat.transcript;

import org.jspecify.annotations.NullMarked;
