package dev.countersign.app.chat.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What goes with an answer of the model's for the rest of the turn. It comes with the answer, so
 * that a workflow that is replayed finds the settings of that time.
 *
 * @param mostRounds how often the model is asked in one turn, at least 1
 * @param turnSeconds after so many it isn't asked again
 * @param extras what its server wants to have back with the calls, marked with where it came from;
 *     null: nothing
 * @param plainHistory true: its server has refused a history with calls in it; null: no
 * @param stopped true: the answer is what had come when no more of it was wanted; null: it is whole
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TurnTerms(
    int mostRounds,
    long turnSeconds,
    @Nullable String extras,
    @Nullable Boolean plainHistory,
    @Nullable Boolean stopped) {}
