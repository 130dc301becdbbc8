package io.replymeter.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * Something a caller can put right, as an RFC 9457 problem document. The code that finds the fact throws it, and nobody
 * has to translate it. A 503 is answered with a {@code Retry-After} header.
 */
public class Problem extends RuntimeException implements ErrorResponse {

    private final ProblemDetail body;

    /**
     * @param name kebab-case, the end of the problem's {@code type}
     * @param title what is wrong, the same for every occurrence
     * @param detail what to do next; never quotes message text or a person's data
     */
    public Problem(HttpStatus status, String name, String title, String detail) {
        this(document(status, name, title, detail));
    }

    Problem(ProblemDetail body) {
        super(body.getTitle(), null, false, false);
        this.body = body;
    }

    /**
     * Adds a property that programs may want to read.
     *
     * @param value anything that can be written as JSON
     * @return this
     */
    public final Problem with(String property, Object value) {
        body.setProperty(property, value);
        return this;
    }

    @Override
    public final HttpStatusCode getStatusCode() {
        return HttpStatus.valueOf(body.getStatus());
    }

    @Override
    public final ProblemDetail getBody() {
        return body;
    }

    static ProblemDetail document(HttpStatusCode status, String name, String title, String detail) {
        ProblemDetail document = new Document(status.value());
        document.setDetail(detail);
        document.setType(URI.create("urn:replymeter:problem:" + name));
        document.setTitle(title);
        return document;
    }

    /** Spring would add the request's path, which is input, as the problem's instance. */
    private static final class Document extends ProblemDetail {

        Document(int status) {
            super(status);
        }

        @Override
        public void setInstance(@Nullable URI path) {
            // There is none.
        }
    }
}
