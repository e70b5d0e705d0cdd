package dev.countersign.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that finds out what became of a call whose outcome is unknown: in the same bean
 * as the guarded method, without parameters, returning a {@link LookUp}. It finds the call by
 * {@link ApprovedCall#idempotencyKey}, changes nothing, and is called until it knows, the token
 * ends or the tool's patience does.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LooksUp {
  /** The tool whose calls it looks up. */
  String value();
}
