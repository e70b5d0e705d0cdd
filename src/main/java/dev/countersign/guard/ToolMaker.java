package dev.countersign.guard;

import dev.countersign.message.MessageRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes tools of what is said of them.
 *
 * @param rules what the provider allows a message to have
 * @param terms of tools that don't say otherwise
 */
record ToolMaker(MessageRules rules, CallTerms terms) {

  /** A tool, or why there can be none. */
  sealed interface Result {
    record Made(GuardedTool tool) implements Result {}

    /** Each a sentence. */
    record Faulty(List<String> faults) implements Result {}
  }

  /**
   * Makes a tool.
   *
   * @param said what is said of its calls
   * @param by who says it, for a sentence
   * @param lookUp finds out what became of a call; null: nobody can
   */
  Result make(
      ToolSignature signature,
      ToolRules said,
      String by,
      Invocation invocation,
      @Nullable Invocation lookUp,
      ArgumentCheck check) {
    if (!signature.faults().isEmpty()) {
      return new Result.Faulty(signature.faults());
    }
    CallTerms own;
    Optional<RememberTerms> remember;
    try {
      own = terms.of(said);
      remember = RememberTerms.of(signature, said, own);
    } catch (IllegalArgumentException e) {
      return new Result.Faulty(List.of("%s: %s.".formatted(by, e.getMessage())));
    }
    return switch (Contract.of(signature, said, rules)) {
      case Contract.Result.Faulty(var sentences) -> new Result.Faulty(sentences);
      case Contract.Result.Made(var contract) ->
          new Result.Made(
              new GuardedTool(
                  signature,
                  said,
                  contract,
                  lookUp == null ? own : own.withLookUp(),
                  remember.orElse(null),
                  invocation,
                  lookUp,
                  check));
    };
  }
}
