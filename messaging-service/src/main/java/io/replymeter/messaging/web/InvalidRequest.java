package io.replymeter.messaging.web;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A request whose fields or parameters are missing, malformed or out of range. */
public final class InvalidRequest extends Problem {

    /**
     * One thing to put right.
     *
     * @param field the field, parameter or header
     * @param reason what it must be; never quotes the value
     */
    public record Violation(String field, String reason) {}

    public InvalidRequest(String field, String reason) {
        super(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "The request is not valid",
                field + " " + reason + ". Correct it and send the request again.",
                List.of(new Violation(field, reason)));
    }
}
