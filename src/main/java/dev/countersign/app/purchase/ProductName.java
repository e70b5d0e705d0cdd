package dev.countersign.app.purchase;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What can be bought: 1 to 100 visible characters, not all of them emoji; no control, zero-width or
 * bidirectional-override characters. To be looked at after emoji have been taken out.
 */
@NotNull(message = "must be given")
@Size(min = 1, max = 100, message = "must have 1 to 100 characters")
@Pattern(
    regexp =
        "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
            + "\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]*",
    message =
        "must not contain control, zero-width, invisible or bidirectional-override characters")
@Pattern(
    regexp = "(?U).*[\\p{L}\\p{N}\\p{S}\\p{P}].*|",
    message = "must contain visible characters")
@Pattern(
    regexp =
        "(?U).*[^\\p{IsExtended_Pictographic}\\p{IsEmoji_Modifier}\\x{1F1E6}-\\x{1F1FF}"
            + "\\x{200D}\\x{FE0F}\\p{IsWhite_Space}].*|[^\\p{IsEmoji}]*",
    message = "must be more than emoji")
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@interface ProductName {
  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
