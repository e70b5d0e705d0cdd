package dev.countersign.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What this method does happens only after its user has approved it on their own device, by OpenID
 * CIBA. A call of the method asks; the method itself runs later, once, with the arguments that were
 * approved.
 *
 * <p>For methods of Spring beans, called from wherever: by a language model, a controller, or
 * another method of the same bean. Found on interfaces, overridden methods and as a meta-annotation
 * too. A method that can't be guarded stops start-up with a sentence that says why: a private,
 * static or final one, one with an overload, one that answers asynchronously, one with an argument
 * that the user would not see.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresApproval {
  /**
   * By which the tool is known in settings, ids and lists, 1 to 40 letters, digits and {@code _};
   * empty: the method's own.
   */
  String name() default "";

  /**
   * What the user's device shows, with the arguments' names in braces, or {@code {order.total}} for
   * a record's component: {@code Transfer {amount} EUR to {iban}}. What stands in square brackets
   * is left out if an argument in it is null. Shown whole, or the call is refused.
   */
  String message();

  /**
   * Rich authorization details (RFC 9396), a JSON array of objects with {@code type}, in which
   * texts such as {@code "{amount}"} stand for arguments; empty: none are sent.
   */
  String details() default "";

  /** Scopes of the approved token, beside {@code openid}. */
  String[] scopes() default {};

  /** Identifier of the API that the token is for; empty: that of the settings. */
  String audience() default "";

  /**
   * How strongly the user should authenticate, the most wanted first; empty: as the settings say.
   */
  String[] acr() default {};

  /**
   * How long the user should have for the answer, an ISO-8601 duration such as {@code PT5M}; a
   * wish, the provider decides; empty: as the settings say.
   */
  String expiry() default "";

  /**
   * How long a caller waits for the end before it is told that the user was asked, an ISO-8601
   * duration such as {@code PT2M}; empty: as the settings say.
   */
  String await() default "";

  /**
   * Whether the method does the same once for one {@link ApprovedCall#idempotencyKey}: then it is
   * run again after a run of which nobody knows what it has done, and else never.
   */
  boolean idempotent() default false;

  /** The longest that one run may take, an ISO-8601 duration; empty: as the settings say. */
  String timeout() default "";

  /**
   * How long it is run again while it says that it has done nothing, an ISO-8601 duration of at
   * most 7 days; empty: as the settings say.
   */
  String giveUpAfter() default "";

  /**
   * Arguments that the user approves without seeing them: <b>whoever calls the method chooses them
   * freely</b>. Every other argument must be in the message or the details.
   */
  String[] unseen() default {};

  /**
   * Whether an approval of one call covers later calls that are equal, so that the user isn't asked
   * again: its token, which lives long enough, is used for them too. They end with it, after {@link
   * #rememberFor}, when {@link RememberedApprovals} are told to forget, and with a policy that has
   * an opinion of its own. Not with {@link #details}, nor where an {@link #acr} is asked for.
   */
  Remember remember() default Remember.NEVER;

  /**
   * How long an approval is remembered at the longest, an ISO-8601 duration of {@code PT1M} to
   * {@code PT24H}; empty: {@code PT15M}.
   */
  String rememberFor() default "";

  /**
   * Arguments that may differ between a call that was approved and those that its approval covers:
   * <b>whoever calls the method chooses them freely</b>. All others must be equal.
   */
  String[] rememberAny() default {};
}
