package io.replymeter.messaging.web;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * Something a caller can put right, as an RFC 9457 problem document. Each feature extends it once for each fact, so that
 * the code that finds the fact throws it and nobody has to translate it.
 */
public abstract class Problem extends RuntimeException implements ErrorResponse {

    private final ProblemDetail body;

    /**
     * @param name kebab-case, the end of the problem's {@code type}
     * @param title what is wrong, the same for every occurrence
     * @param detail what to do next; never quotes message text or a person's data
     */
    protected Problem(HttpStatus status, String name, String title, String detail) {
        super(title, null, false, false);
        this.body = document(status, name, title, detail);
    }

    /** As above, with {@code errors}: one entry for each thing to put right. */
    protected Problem(HttpStatus status, String name, String title, String detail, List<?> errors) {
        this(status, name, title, detail);
        body.setProperty("errors", errors);
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatus.valueOf(body.getStatus());
    }

    @Override
    public ProblemDetail getBody() {
        return body;
    }

    static ProblemDetail document(HttpStatusCode status, String name, String title, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setType(URI.create("urn:replymeter:problem:" + name));
        document.setTitle(title);
        return document;
    }
}
