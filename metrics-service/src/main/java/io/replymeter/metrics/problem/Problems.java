package io.replymeter.metrics.problem;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Problem details with a type of ours and a detail that says what to do next. */
@RestControllerAdvice
public class Problems {

    /** The type of a problem; a name, not an address. */
    public static URI type(String name) {
        return URI.create("urn:replymeter:problem:" + name);
    }

    public static ProblemDetail of(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(type));
        return problem;
    }

    @ExceptionHandler
    ProblemDetail badRequest(BadRequest e) {
        return of(HttpStatus.BAD_REQUEST, e.type(), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail unknown(NotFound e) {
        return of(HttpStatus.NOT_FOUND, e.type(), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail conflict(Conflict e) {
        ProblemDetail problem = of(HttpStatus.CONFLICT, e.type(), String.valueOf(e.getMessage()));
        e.figures().forEach(problem::setProperty);
        return problem;
    }

    @ExceptionHandler
    ProblemDetail unavailable(Unavailable e) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, e.type(), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail wrongType(MethodArgumentTypeMismatchException e) {
        Class<?> wanted = e.getRequiredType();
        return of(
                HttpStatus.BAD_REQUEST,
                "malformed-parameter",
                "Parameter " + e.getName() + " is not a " + (wanted == null ? "valid value" : wanted.getSimpleName())
                        + ": correct it.");
    }

    /** What the caller sent cannot be understood. */
    public static final class BadRequest extends RuntimeException {
        private final String type;

        /** @param detail what is wrong and what to send instead, without quoting what was sent */
        public BadRequest(String type, String detail) {
            super(detail);
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** What the caller asked for does not exist. */
    public static final class NotFound extends RuntimeException {
        private final String type;

        public NotFound(String type, String detail) {
            super(detail);
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** What the caller asked for is refused as things stand. */
    public static final class Conflict extends RuntimeException {
        private final String type;
        private final transient Map<String, Object> figures;

        /**
         * @param detail what stands in the way and what to do next
         * @param figures what programs may want of it, by name
         */
        public Conflict(String type, String detail, Map<String, Object> figures) {
            super(detail);
            this.type = type;
            this.figures = Map.copyOf(figures);
        }

        String type() {
            return type;
        }

        Map<String, Object> figures() {
            return figures;
        }
    }

    /** What the answer needs is away. */
    public static final class Unavailable extends RuntimeException {
        private final String type;

        public Unavailable(String type, String detail) {
            super(detail);
            this.type = type;
        }

        String type() {
            return type;
        }
    }
}
