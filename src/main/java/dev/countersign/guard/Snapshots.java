package dev.countersign.guard;

import dev.countersign.message.Wording;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what is frozen of calls before they start: all that settings and annotations decide. */
final class Snapshots {
  private final ToolRegistry tools;
  private final Supplier<UserDigest> digests;

  Snapshots(ToolRegistry tools, Supplier<UserDigest> digests) {
    this.tools = tools;
    this.digests = digests;
  }

  /**
   * A call.
   *
   * @param name names it among those of the user and the tool
   * @param startedBy id of the workflow that is told what becomes of it; null: nobody
   * @throws CallNotDoneException if nobody can be asked so
   * @throws InvalidArgumentsException if the arguments can't be
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  Snapshot of(
      CallUser user,
      String tool,
      String name,
      @Nullable String startedBy,
      @Nullable Object[] arguments) {
    GuardedTool guarded = tools.get(tool);
    List<String> problems = guarded.check().problems(arguments);
    if (!problems.isEmpty()) {
      throw new InvalidArgumentsException(problems);
    }
    FrozenArguments frozen = FrozenArguments.of(guarded.signature(), arguments);
    CallTerms terms = guarded.terms();
    return new Snapshot(
        new CallId(tool, digests.get().of(user.sub()), name).toString(),
        tool,
        guarded.fingerprint(),
        frozen.json(),
        user.sub(),
        user.approver(),
        message(guarded, frozen),
        guarded.contract().details(frozen),
        terms.scopes(),
        terms.audience(),
        terms.acrValues(),
        terms.requestedExpiry(),
        terms.reAsk(),
        terms.run(),
        startedBy);
  }

  private String message(GuardedTool guarded, FrozenArguments frozen) {
    return switch (guarded.contract().message(frozen, tools.rules())) {
      case Wording.Result.Worded(var words) -> words;
      case Wording.Result.Refused(var problem) ->
          throw new CallNotDoneException(
              "Nobody was asked, and nothing was done: " + problem + ".");
    };
  }
}
