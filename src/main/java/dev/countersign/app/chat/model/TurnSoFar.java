package dev.countersign.app.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The turn for which the model is asked, up to here.
 *
 * @param head what its user will be told before the model's words; null: nothing
 * @param begun when its user spoke, by the Temporal server's clock
 * @param tokens of the calls of the model before
 */
public record TurnSoFar(@Nullable String head, Instant begun, TokenUse tokens) {}
