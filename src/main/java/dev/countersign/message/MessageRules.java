package dev.countersign.message;

import org.jspecify.annotations.Nullable;

/**
 * What a provider allows as binding message; CIBA Core 7.1 leaves it to the provider.
 *
 * @param characters a regular expression's character class of the allowed characters, {@code
 *     [A-Za-z0-9 +\-_.,:#]} for example
 * @param maxLength most characters of a message
 * @param replacement what stands for a run of characters that are not allowed, {@code _} or {@code
 *     -}; null: a space
 */
public record MessageRules(String characters, int maxLength, @Nullable String replacement) {}
