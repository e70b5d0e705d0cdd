package dev.countersign.springai;

import dev.countersign.guard.CallAnswer;
import dev.countersign.guard.CallKey;
import dev.countersign.vault.Sha256;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How calls are named, and who learns of them.
 *
 * @param key of the turn in which they are made; null: it has none
 * @param direct whether the words are for the user, whatever the tool says
 * @param listener learns of each that was made
 */
record Answers(@Nullable String key, boolean direct, Consumer<? super CallAnswer> listener) {
  static final Answers USUAL = new Answers(null, false, _ -> {});

  Answers keyedBy(String key) {
    return new Answers(key, direct, listener);
  }

  Answers directly() {
    return new Answers(key, true, listener);
  }

  Answers telling(Consumer<? super CallAnswer> listener) {
    return new Answers(key, direct, listener);
  }

  /**
   * Names a call with these arguments; empty: nothing names it.
   *
   * @param inputSchema of the tool
   */
  Optional<String> keyOf(String arguments, String inputSchema) {
    return Optional.ofNullable(key)
        .map(turn ->
            CallKey.of(
                "spring-ai",
                turn,
                Sha256.hex(EqualArguments.of(arguments, JsonSchema.of(inputSchema).type()))));
  }
}
