package io.replymeter.web;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a controller's parameter: how many entries a page may have, from 1 to {@link #max}. */
@Min(1) @Max(100) @Constraint(validatedBy = {})
@ReportAsSingleViolation
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface PageLimit {

    @OverridesAttribute(constraint = Max.class, name = "value")
    long max() default 100;

    String message() default "must be 1 to {max}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
