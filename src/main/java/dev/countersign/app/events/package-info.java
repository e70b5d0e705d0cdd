/**
 * What happens in a conversation, told while it happens: server-sent events, for the page and for
 * any other viewer. Start at {@code EventStreamController}. Reads conversations, calls and their
 * histories in Temporal; changes nothing.
 */
@NullMarked
package dev.countersign.app.events;

import org.jspecify.annotations.NullMarked;
