/**
 * Who is calling, and under which {@code Idempotency-Key}. Start at {@link
 * dev.countersign.security.Caller}: controllers take it as a parameter, made from the verified
 * token alone. Knows nothing of purchases or chats.
 */
@NullMarked
package dev.countersign.security;

import org.jspecify.annotations.NullMarked;
