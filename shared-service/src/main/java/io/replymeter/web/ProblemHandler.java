package io.replymeter.web;

import io.replymeter.logging.DatabaseAway;
import io.replymeter.logging.ErrorLog;
import io.replymeter.web.InvalidRequest.Violation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error that leaves a service, as a problem document that claims only what is known. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(ProblemHandler.class));

    private static final String RETRY_AFTER_SECONDS = "5";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Problem problem) {
        return answer(problem.getBody());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(Exception e, WebRequest request) {
        return answer(DatabaseAway.isBehind(e) ? databaseAway(e, request) : unexpected(e, request));
    }

    private static ProblemDetail databaseAway(Exception e, WebRequest request) {
        errors.report("The database did not do what a request needs; the caller is told to try again", e);
        return Problem.document(
                HttpStatus.SERVICE_UNAVAILABLE,
                "try-again",
                "The service cannot do this right now",
                sendAgain(request, " in a few seconds"));
    }

    private static ProblemDetail unexpected(Exception e, WebRequest request) {
        errors.report("A request failed unexpectedly", e);
        return Problem.document(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "unexpected-error",
                "Something went wrong on our side",
                sendAgain(request, "") + " If it fails again, tell the operator when it happened.");
    }

    /** The error may have come after a commit, or instead of its confirmation. */
    private static String sendAgain(WebRequest request, String when) {
        boolean reads = READS.contains(((ServletWebRequest) request).getHttpMethod());
        return reads
                ? "Send the same request again" + when + "."
                : "It may have been written. Send the same request again" + when
                        + ", with the same Idempotency-Key if it had one.";
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(body.getStatus());
        if (body.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.body(body);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, Violations.of(e.getBindingResult()), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, Violations.of(e), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (NestedExceptionUtils.getRootCause(e) instanceof LimitedBody.Refused refused) {
            return handleExceptionInternal(e, null, headers, refused.getStatusCode(), request);
        }
        return invalid(e, Violations.of(e), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, Violations.of(e.getParameterName(), "is missing"), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, Violations.of(e), request);
    }

    /** What Spring MVC itself refuses, such as an unknown path, method or media type, and what it cannot write. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            return super.handleExceptionInternal(e, unexpected(e, request), headers, status, request);
        }
        return super.handleExceptionInternal(e, Refusals.of(status), headers, status, request);
    }

    private @Nullable ResponseEntity<Object> invalid(Exception e, List<Violation> violations, WebRequest request) {
        Problem problem = new InvalidRequest(violations);
        return super.handleExceptionInternal(e, problem.getBody(), new HttpHeaders(), problem.getStatusCode(), request);
    }
}
