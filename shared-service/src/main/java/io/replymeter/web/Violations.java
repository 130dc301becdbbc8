package io.replymeter.web;

import io.replymeter.web.InvalidRequest.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** What is wrong with a request, from Spring's exceptions. Their own messages may quote the input and are never used. */
final class Violations {

    private static final String BODY = "The body";

    /** A field that the API does not know has whatever name the caller gave it; only one that looks like a name is told. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.\\[\\]]{1,100}");

    private Violations() {}

    static List<Violation> of(String field, String reason) {
        return List.of(new Violation(field, reason));
    }

    /** What the constraints on a body's fields found. */
    static List<Violation> of(Errors errors) {
        return inOrder(violations(errors));
    }

    /** What the constraints on a controller's parameters found. */
    static List<Violation> of(HandlerMethodValidationException e) {
        return inOrder(e.getParameterValidationResults().stream().flatMap(Violations::violations));
    }

    static List<Violation> of(HttpMessageNotReadableException e) {
        return of(field(e), "is missing or cannot be read: /v3/api-docs describes it");
    }

    static List<Violation> of(TypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return of(
                e instanceof MethodArgumentTypeMismatchException argument
                        ? argument.getName()
                        : String.valueOf(e.getPropertyName()),
                "is not a valid " + (type == null ? "value" : type.getSimpleName()));
    }

    private static Stream<Violation> violations(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return violations((Errors) errors);
        }
        String name = name(result.getMethodParameter());
        return result.getResolvableErrors().stream().map(error -> new Violation(name, reason(error)));
    }

    private static Stream<Violation> violations(Errors errors) {
        return errors.getAllErrors().stream()
                .map(error -> error instanceof FieldError field
                        ? new Violation(
                                field.getField(), field.isBindingFailure() ? "is not a valid value" : reason(field))
                        : new Violation(BODY, reason(error)));
    }

    private static String reason(MessageSourceResolvable error) {
        return String.valueOf(error.getDefaultMessage());
    }

    private static String name(MethodParameter parameter) {
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        return header == null ? String.valueOf(parameter.getParameterName()) : header.name();
    }

    private static String field(HttpMessageNotReadableException e) {
        if (!(e.getCause() instanceof JacksonException json) || json.getPath().isEmpty()) {
            return BODY;
        }
        String path = json.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        return NAME.matcher(path).matches() ? path : BODY;
    }

    /** A validator finds them in no particular order. */
    private static List<Violation> inOrder(Stream<Violation> violations) {
        return violations
                .distinct()
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::reason))
                .toList();
    }
}
