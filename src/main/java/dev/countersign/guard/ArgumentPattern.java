package dev.countersign.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The form that a text argument of a guarded method must have, such as an account number's. It is
 * shown to the user exactly as it is then; texts without a form are spelled in the characters that
 * the provider allows, and refused where they would pass for another part of the message.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface ArgumentPattern {
  /** A regular expression that the whole text must match. */
  String value();
}
