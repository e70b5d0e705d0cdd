/**
 * Who is calling, and under which {@code Idempotency-Key}. Start at {@link
 * dev.countersign.app.api.Caller}: controllers take it as a parameter, made from the verified token
 * alone. Knows nothing of purchases or chats.
 */
@NullMarked
package dev.countersign.app.api;

import org.jspecify.annotations.NullMarked;
