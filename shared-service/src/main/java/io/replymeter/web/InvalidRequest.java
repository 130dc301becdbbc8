package io.replymeter.web;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** A request whose fields, parameters or headers are missing, malformed or out of range; {@code errors} lists each. */
public final class InvalidRequest extends Problem {

    /**
     * One thing to put right.
     *
     * @param field the field, parameter or header
     * @param reason what it must be; never quotes the value
     */
    public record Violation(String field, String reason) {}

    public InvalidRequest(String field, String reason) {
        this(List.of(new Violation(field, reason)));
    }

    /** @param violations at least one */
    InvalidRequest(List<Violation> violations) {
        super(HttpStatus.BAD_REQUEST, "invalid-request", "The request is not valid", detail(violations));
        with("errors", List.copyOf(violations));
    }

    private static String detail(List<Violation> violations) {
        String what = violations.stream()
                .map(violation -> violation.field() + " " + violation.reason())
                .collect(Collectors.joining("; "));
        return what + ". Correct " + (violations.size() == 1 ? "it" : "them") + " and send the request again.";
    }
}
