package dev.countersign.guard;

import dev.countersign.guard.ApprovalPolicy.Ruling;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all policies of the host say together. */
public final class Policies {
  /** None at all: users are asked as annotations and settings say. */
  public static final Policies NONE = new Policies(List::of);

  private static final Logger log = LoggerFactory.getLogger(Policies.class);

  private final Supplier<List<ApprovalPolicy>> policies;

  /**
   * Of a host.
   *
   * @param policies in their order, asked when a call is made
   */
  public Policies(Supplier<List<ApprovalPolicy>> policies) {
    this.policies = policies;
  }

  boolean areThere() {
    return !policies.get().isEmpty();
  }

  /**
   * The strictest opinion.
   *
   * @throws CallNotDoneException if a policy has none that counts: it failed
   */
  Ruling rule(GuardedTool tool, CallUser user, FrozenArguments arguments) {
    Ruling strictest = Ruling.asDeclared();
    List<ApprovalPolicy> all = policies.get();
    if (all.isEmpty()) {
      return strictest;
    }
    ProposedCall call = new ProposedCall(tool.name(), user, arguments.json());
    for (ApprovalPolicy policy : all) {
      Ruling ruling = ask(policy, call);
      if (strictness(ruling) > strictness(strictest)) {
        strictest = ruling;
      }
    }
    return strictest;
  }

  private static Ruling ask(ApprovalPolicy policy, ProposedCall call) {
    try {
      return Objects.requireNonNull(policy.rule(call), "It has returned null");
    } catch (RuntimeException e) {
      log.error(
          "{} can't rule on a call of {}: {}",
          policy.getClass().getName(),
          call.tool(),
          FailureText.where(e));
      throw new CallNotDoneException(
          "Nobody was asked, and nothing was done: right now it can't be decided whether this may be"
              + " done. Please ask again later.");
    }
  }

  private static int strictness(Ruling ruling) {
    return switch (ruling) {
      case Ruling.AsDeclared _ -> 0;
      case Ruling.NotNeeded _ -> 1;
      case Ruling.Needed _ -> 2;
      case Ruling.Forbidden _ -> 3;
    };
  }
}
