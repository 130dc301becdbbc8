package io.replymeter.messaging.web;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Every error that leaves this service, as a problem document. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ProblemDetail problem(Problem problem) {
        return problem.getBody();
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        CannotCreateTransactionException.class,
        TransientDataAccessException.class
    })
    ProblemDetail databaseAway(Exception e) {
        log.warn("The database did not answer: {}", e.toString());
        return Problem.document(
                HttpStatus.SERVICE_UNAVAILABLE,
                "try-again",
                "The service cannot do this right now",
                "Nothing was written. Send the same request again in a moment.");
    }

    @ExceptionHandler
    ProblemDetail unexpected(Exception e) {
        log.error("Unexpected error", e);
        return Problem.document(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "unexpected-error",
                "Something went wrong on our side",
                "Nothing was written. Try again; if it goes on, tell the operator when it happened.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, new InvalidRequest(place(e), "is missing or not what it must be: see /v3/api-docs"), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(e.getPropertyName());
        String type =
                e.getRequiredType() == null ? "value" : e.getRequiredType().getSimpleName();
        return invalid(e, new InvalidRequest(name, "is not a valid " + type), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body == null) {
            // What Spring MVC itself refuses: no such path, method, media type or parameter.
            String what = e instanceof ErrorResponse refusal ? refusal.getBody().getDetail() : null;
            body = Problem.document(
                    status,
                    "invalid-request",
                    "The request is not valid",
                    (what == null ? "" : what + " ") + "The API is described at /v3/api-docs.");
        }
        return super.handleExceptionInternal(e, body, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> invalid(Exception e, Problem problem, WebRequest request) {
        return handleExceptionInternal(e, problem.getBody(), new HttpHeaders(), problem.getStatusCode(), request);
    }

    /** The field that could not be read; the library's own message may quote the input. */
    private static String place(HttpMessageNotReadableException e) {
        if (!(e.getCause() instanceof JacksonException json) || json.getPath().isEmpty()) {
            return "The body";
        }
        List<JacksonException.Reference> path = json.getPath();
        return path.stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }
}
