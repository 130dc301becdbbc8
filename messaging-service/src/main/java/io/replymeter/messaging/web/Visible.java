package io.replymeter.messaging.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text of which somebody can see something: it is there, and has more than spaces, control and format characters. */
@Constraint(validatedBy = Visible.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Visible {

    String message() default "must not be empty";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides by Unicode's properties. A character that this JDK does not know yet may be a new emoji, so it is visible. */
    final class Check implements ConstraintValidator<Visible, CharSequence> {

        /**
         * White space and format characters by their categories, then Default_Ignorable_Code_Point, which Java does not know
         * by name: the combining grapheme joiner, fillers, variation selectors and tags; and the blank of Braille.
         */
        private static final Pattern INVISIBLE = Pattern.compile("[\\p{IsWhite_Space}\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}"
                + "\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2065}\\x{2800}\\x{3164}"
                + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{FFF0}-\\x{FFF8}\\x{1D159}\\x{E0000}-\\x{E0FFF}]*+");

        @Override
        public boolean isValid(@Nullable CharSequence text, @Nullable ConstraintValidatorContext context) {
            return text != null && !INVISIBLE.matcher(text).matches();
        }
    }
}
