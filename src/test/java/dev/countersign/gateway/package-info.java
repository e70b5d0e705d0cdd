/**
 * A real gateway between the chat and its model: LiteLLM's proxy, before servers that are played.
 * Start at {@code LiteLlmIT}, which the Maven profile {@code gateway} runs.
 */
@NullMarked
package dev.countersign.gateway;

import org.jspecify.annotations.NullMarked;
