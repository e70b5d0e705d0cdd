package dev.countersign.app.purchase;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many can be bought at once: a whole number from 1 to 1,000. */
@NotNull(message = "must be given")
@Min(value = 1, message = "must be a whole number from 1 to 1,000")
@Max(value = 1000, message = "must be a whole number from 1 to 1,000")
@Digits(integer = 10, fraction = 0, message = "must be a whole number from 1 to 1,000")
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@interface Pieces {
  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
