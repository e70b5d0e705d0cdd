/**
 * A language model for development without an API key. Start at {@link
 * dev.countersign.devservices.model.OfflineChatModel}. Understands a few sentences in English and
 * nothing else.
 */
@NullMarked
package dev.countersign.devservices.model;

import org.jspecify.annotations.NullMarked;
