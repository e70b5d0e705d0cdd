package dev.countersign.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code String} parameter of a guarded method: emoji are taken out of it before anything else
 * is done with the call, since they only decorate a name, and few identity providers let a message
 * have them. The user approves, and the method gets, the text without them: {@code 🎧 headphones}
 * is {@code headphones} on the phone and in the order. A text of nothing but emoji stays as it is,
 * for the method's constraints to refuse. Without this annotation no argument is altered.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithoutEmoji {}
