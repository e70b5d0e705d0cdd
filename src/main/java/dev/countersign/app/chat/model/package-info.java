/**
 * The language model: its settings, the activity that calls it, and what a failure of it means.
 * Start at {@code AskedModel}, by which workflow code asks it.
 */
@NullMarked
package dev.countersign.app.chat.model;

import org.jspecify.annotations.NullMarked;
