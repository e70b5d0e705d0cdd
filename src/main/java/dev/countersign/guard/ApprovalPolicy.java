package dev.countersign.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides in code, call by call, whether a call of a guarded method needs its user's approval, and
 * what the user is asked: a threshold, a list of known payees, office hours. A bean of this type is
 * asked for every call, once, where the call is frozen; what it decides then holds for the call's
 * whole life. With several beans the strictest opinion counts: forbidden, then needed, then not
 * needed; of several that need it the first in order words it.
 *
 * <p>It runs before anybody is asked, so it must not do what the method does. If it throws, the
 * call is refused. It isn't asked again later: what may change between the question and the run,
 * such as an account that is closed meanwhile, the method itself must look at ({@link
 * RefusedException}). A setting {@code countersign.tools.<name>.always-ask=true} lets no policy do
 * without the approval.
 */
@FunctionalInterface
public interface ApprovalPolicy {

  /** What is decided of a call about to be made. */
  Ruling rule(ProposedCall call);

  /** What a policy says of a call. */
  sealed interface Ruling {
    /** No opinion: the user is asked as the method's annotation and the settings say. */
    record AsDeclared() implements Ruling {}

    /**
     * The user is asked, in other words or for more than the annotation says.
     *
     * @param message in the form of {@link RequiresApproval#message}, and under the same rules:
     *     every argument is still seen; null: the annotation's
     * @param details in the form of {@link RequiresApproval#details}; null: the annotation's
     * @param scopes of the approved token, beside {@code openid}; null: the annotation's
     */
    record Needed(@Nullable String message, @Nullable String details, @Nullable List<String> scopes)
        implements Ruling {
      public Needed {
        scopes = scopes == null ? null : List.copyOf(scopes);
      }

      /** The same with a message of its own. */
      public Needed withMessage(String message) {
        return new Needed(message, details, scopes);
      }

      /** The same with authorization details of its own. */
      public Needed withDetails(String details) {
        return new Needed(message, details, scopes);
      }

      /** The same with scopes of its own, beside {@code openid}. */
      public Needed withScopes(String... scopes) {
        return new Needed(message, details, List.of(scopes));
      }
    }

    /**
     * Nobody is asked: the method runs at once, as durably as after a yes, and without a token
     * ({@link ApprovedCall#token} is null). Whoever may write to Temporal could have it run once
     * more for as long as its {@code giveUpAfter} and a quarter of an hour after it was made, under
     * the same {@link ApprovedCall#idempotencyKey}: only an approval rules that out.
     */
    record NotNeeded() implements Ruling {}

    /**
     * Nobody is asked, and nothing is done.
     *
     * @param words why, for the user, without a secret
     */
    record Forbidden(String words) implements Ruling {}

    /** As the method's annotation and the settings say. */
    static Ruling asDeclared() {
      return new AsDeclared();
    }

    /** The user is asked: at first as the annotation says. */
    static Needed needed() {
      return new Needed(null, null, null);
    }

    /** Nobody is asked. */
    static Ruling notNeeded() {
      return new NotNeeded();
    }

    /**
     * Not to be done at all.
     *
     * @param words why, for the user, without a secret
     */
    static Ruling forbidden(String words) {
      return new Forbidden(words);
    }
  }
}
