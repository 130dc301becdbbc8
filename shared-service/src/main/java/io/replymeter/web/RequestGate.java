package io.replymeter.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses, before tokens and paths are looked at, what nothing behind it shall have to read. */
final class RequestGate extends OncePerRequestFilter implements Ordered {

    /** Nothing takes a body with them, but the health endpoint would read one, and needs no token. */
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /** Spring Security would answer there without a token, with claims about the service that nobody made. */
    private static final String WELL_KNOWN = "/.well-known/";

    private final RequestLimits limits;

    RequestGate(RequestLimits limits) {
        this.limits = limits;
    }

    /** Behind what measures requests, before everything that looks into them. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long maxBytes = limits.maxBytes(request.getRequestURI());
        if (request.getServletPath().startsWith(WELL_KNOWN)) {
            response.sendError(HttpStatus.NOT_FOUND.value());
        } else if (!hasReadableQuery(request)) {
            response.sendError(HttpStatus.BAD_REQUEST.value());
        } else if (!hasReadableType(request)) {
            response.sendError(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value());
        } else if (request.getContentLengthLong() > maxBytes) {
            response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
        } else {
            chain.doFilter(new Limited(request, maxBytes), response);
        }
    }

    /** Tomcat refuses broken percent-encoding where a parameter is first asked for, wherever that is. */
    private static boolean hasReadableQuery(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Spring takes a wildcard for an error of its own. */
    private static boolean hasReadableType(HttpServletRequest request) {
        String type = request.getContentType();
        try {
            return type == null || MediaType.parseMediaType(type).isConcrete();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private final class Limited extends HttpServletRequestWrapper {

        private final long maxBytes;
        private @Nullable LimitedBody body;

        Limited(HttpServletRequest request, long maxBytes) {
            super(request);
            this.maxBytes = maxBytes;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedBody(
                        READS.contains(getMethod()) ? new NoBody() : super.getInputStream(), limits, maxBytes);
            }
            return body;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class NoBody extends ServletInputStream {

        @Override
        public int read() {
            return -1;
        }

        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Bodies are read by the thread of their request");
        }
    }
}
