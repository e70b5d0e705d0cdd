package dev.countersign.guard;

import dev.countersign.guard.ApprovalPolicy.Ruling;
import dev.countersign.message.MessageCode;
import dev.countersign.message.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is frozen of calls before they start: all that settings, annotations and policies
 * decide.
 */
final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  /** From the freezing to the first run of a call that nobody is asked for, beside its patience. */
  private static final Duration BEGUN_WITHIN = Duration.ofMinutes(15);

  private final ToolRegistry tools;
  private final Supplier<UserDigest> digests;
  private final Policies policies;
  private final RememberedApprovals remembered;
  private final InstantSource clock;

  Snapshots(
      ToolRegistry tools,
      Supplier<UserDigest> digests,
      Policies policies,
      RememberedApprovals remembered,
      InstantSource clock) {
    this.tools = tools;
    this.digests = digests;
    this.policies = policies;
    this.remembered = remembered;
    this.clock = clock;
  }

  /**
   * A call.
   *
   * @param name names it among those of the user and the tool
   * @param startedBy id of the workflow that is told what becomes of it; null: nobody
   * @throws CallNotDoneException if nobody can be asked so, or a policy forbids it
   * @throws InvalidArgumentsException if the arguments can't be
   * @throws IllegalArgumentException if there is no such tool, or an argument can't be kept
   */
  Snapshot of(
      CallUser user,
      String tool,
      String name,
      @Nullable String startedBy,
      @Nullable Object[] given) {
    GuardedTool guarded = tools.get(tool);
    @Nullable Object[] arguments = guarded.signature().plain(given);
    List<String> problems = guarded.check().problems(arguments);
    if (!problems.isEmpty()) {
      throw new InvalidArgumentsException(problems);
    }
    FrozenArguments frozen = FrozenArguments.of(guarded.signature(), arguments);
    String id = id(user, tool, name);
    Asked asked = asked(guarded, user, frozen);
    CallTerms terms = guarded.terms();
    return new Snapshot(
        id,
        tool,
        guarded.fingerprint(),
        frozen.json(),
        user.sub(),
        user.approver(),
        message(asked, id),
        asked.details(),
        asked.scopes(),
        terms.audience(),
        terms.acrValues(),
        terms.requestedExpiry(),
        terms.reAsk(),
        terms.run(),
        startedBy,
        true,
        true,
        asked.unaskedUntil(),
        asked.asDeclared() ? remember(guarded, user, frozen) : null);
  }

  /** Null: its user is asked for each call, or in a conversation only, and there is none. */
  private @Nullable GrantTerms remember(
      GuardedTool tool, CallUser user, FrozenArguments arguments) {
    RememberTerms terms = tool.remember();
    if (terms == null || (terms.where() == Remember.CONVERSATION && user.conversation() == null)) {
      return null;
    }
    String conversation = terms.where() == Remember.CONVERSATION ? user.conversation() : null;
    GrantTerms remember =
        new GrantTerms(
            Likeness.of(user, tool, terms, arguments, tool.terms().scopes(), conversation),
            terms.longest(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            conversation,
            terms.any(),
            null);
    return remembered.covering(user.sub(), remember).map(remember::coveredBy).orElse(remember);
  }

  /** The id of a call of that name. */
  String id(CallUser user, String tool, String name) {
    return new CallId(tool, digests.get().of(user.sub()), name).toString();
  }

  /**
   * Arguments as they are kept, JSON.
   *
   * @throws IllegalArgumentException if there is no such tool, or one can't be kept
   */
  String frozen(String tool, @Nullable Object[] arguments) {
    ToolSignature signature = tools.get(tool).signature();
    return FrozenArguments.of(signature, signature.plain(arguments)).json();
  }

  /** One that nobody is asked for has no code: there is no device to compare it with. */
  private String message(Asked asked, String id) {
    return tools.hasCodes() && asked.unaskedUntil() == null
        ? MessageCode.of(id).appendedTo(asked.message(), tools.rules())
        : asked.message();
  }

  /**
   * What the user is asked, or would be.
   *
   * @param asDeclared whether no policy has an opinion of its own
   */
  private record Asked(
      String message,
      @Nullable String details,
      List<String> scopes,
      @Nullable Instant unaskedUntil,
      boolean asDeclared) {

    private Asked declared() {
      return new Asked(message, details, scopes, unaskedUntil, true);
    }
  }

  private Asked asked(GuardedTool tool, CallUser user, FrozenArguments frozen) {
    return switch (policies.rule(tool, user, frozen)) {
      case Ruling.AsDeclared _ -> asked(tool, Ruling.needed(), frozen).declared();
      case Ruling.NotNeeded _ when tool.rules().alwaysAsk() -> asked(tool, Ruling.needed(), frozen);
      case Ruling.NotNeeded _ -> unasked(tool, frozen);
      case Ruling.Needed needed -> asked(tool, needed, frozen);
      case Ruling.Forbidden(var words) ->
          throw new CallNotDoneException("Nobody was asked, and nothing was done: " + words);
    };
  }

  private Asked asked(GuardedTool tool, Ruling.Needed needed, FrozenArguments frozen) {
    Contract contract = contract(tool, needed);
    return new Asked(
        message(contract, frozen),
        contract.details(frozen),
        needed.scopes() == null ? tool.terms().scopes() : withOpenid(needed.scopes()),
        null,
        false);
  }

  /** What it would ask stands in lists; if that can't be said, it is no reason not to do it. */
  private Asked unasked(GuardedTool tool, FrozenArguments frozen) {
    String message =
        tool.contract().message(frozen, tools.rules()) instanceof Wording.Result.Worded(var words)
            ? words
            : tool.name();
    Instant until = clock.instant().plus(tool.terms().run().patience()).plus(BEGUN_WITHIN);
    return new Asked(
        message, null, tool.terms().scopes(), until.truncatedTo(ChronoUnit.MILLIS), false);
  }

  private Contract contract(GuardedTool tool, Ruling.Needed needed) {
    if (needed.message() == null && needed.details() == null) {
      return tool.contract();
    }
    ToolRules rules = tool.rules().asking(needed.message(), needed.details());
    return switch (Contract.of(tool.signature(), rules, tools.rules())) {
      case Contract.Result.Made(var contract) -> contract;
      case Contract.Result.Faulty(var faults) -> {
        log.error("A policy can't have this asked: {}", String.join(" ", faults));
        throw new CallNotDoneException(
            "Nobody was asked, and nothing was done: the question can't be worded. Its operator must"
                + " look into it.");
      }
    };
  }

  private static List<String> withOpenid(List<String> scopes) {
    Set<String> all = new LinkedHashSet<>();
    all.add("openid");
    all.addAll(scopes);
    return List.copyOf(all);
  }

  private String message(Contract contract, FrozenArguments frozen) {
    return switch (contract.message(frozen, tools.rules())) {
      case Wording.Result.Worded(var words) -> words;
      case Wording.Result.Refused(var problem) ->
          throw new CallNotDoneException(
              "Nobody was asked, and nothing was done: " + problem + ".");
    };
  }
}
