/**
 * The chat as the API shows it, and what of it runs on the workers. Start at {@code
 * ChatController}; conversations, the model and the tools have packages of their own below.
 */
@NullMarked
package dev.countersign.app.chat;

import org.jspecify.annotations.NullMarked;
