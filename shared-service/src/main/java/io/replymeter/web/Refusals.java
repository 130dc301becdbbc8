package io.replymeter.web;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** The problem documents for what is refused before any of our code has looked at it, by status. They quote nothing. */
final class Refusals {

    private static final String DESCRIBED = " The API is described at /v3/api-docs.";

    private Refusals() {}

    /** @param status 400 or more */
    static ProblemDetail of(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> noValidToken();
            case 403 -> notAllowed();
            case 404 -> invalid(status, "There is nothing at this path.");
            case 405 -> invalid(status, "This path has no such method: the header Allow names those it has.");
            case 406 -> invalid(status, "The answer has none of the media types that the header Accept names.");
            case 408 ->
                Problem.document(
                        status,
                        "body-too-slow",
                        "The body came too slowly",
                        "Nothing was done. Send the request again over a better connection, or a smaller body.");
            case 413 ->
                Problem.document(
                        status,
                        "body-too-large",
                        "The body is too large",
                        "Nothing was done. Send a smaller body; the operator sets the limit.");
            case 414, 431 -> invalid(status, "The request line or a header is too long.");
            case 415 -> invalid(status, "The body has a media type that this path does not take.");
            default -> status.is5xxServerError() ? unexpected(status) : invalid(status, "It is malformed.");
        };
    }

    static ProblemDetail noValidToken() {
        return Problem.document(
                HttpStatusCode.valueOf(401),
                "no-valid-token",
                "A valid bearer token is needed",
                "Send the header Authorization: Bearer <token> with a token that has not expired.");
    }

    static ProblemDetail notAllowed() {
        return Problem.document(
                HttpStatusCode.valueOf(403),
                "not-allowed",
                "This token does not allow that",
                "Check the path, or ask for a token with the scope that /v3/api-docs names for it.");
    }

    private static ProblemDetail invalid(HttpStatusCode status, String what) {
        return Problem.document(status, "invalid-request", "The request is not valid", what + DESCRIBED);
    }

    private static ProblemDetail unexpected(HttpStatusCode status) {
        return Problem.document(
                status,
                "unexpected-error",
                "Something went wrong on our side",
                "It may have been written. Send the same request again, with the same Idempotency-Key if it had one."
                        + " If it fails again, tell the operator when it happened.");
    }
}
