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

  /**
   * Arguments that the user approves without seeing them: <b>whoever calls the method chooses them
   * freely</b>. Every other argument must be in the message or the details.
   */
  String[] unseen() default {};
}
