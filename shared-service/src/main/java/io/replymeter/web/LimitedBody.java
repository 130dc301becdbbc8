package io.replymeter.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;

/** A body that ends with a {@link Problem} when it is larger or slower than it may be, however it is framed. */
final class LimitedBody extends ServletInputStream {

    /** A body's own problem, which the readers between it and the controller only wrap. */
    static final class Refused extends Problem {
        Refused(HttpStatus status) {
            super(Refusals.of(status));
        }
    }

    private final ServletInputStream body;
    private final RequestLimits limits;
    private final long maxBytes;
    private final long begun = System.nanoTime();
    private long bytes;

    LimitedBody(ServletInputStream body, RequestLimits limits, long maxBytes) {
        this.body = body;
        this.limits = limits;
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = readWithinTimeout(buffer, offset, length);
        bytes += Math.max(0, count);
        if (bytes > maxBytes) {
            throw new Refused(HttpStatus.CONTENT_TOO_LARGE);
        }
        if (count >= 0 && limits.isTooSlow(bytes, System.nanoTime() - begun)) {
            throw new Refused(HttpStatus.REQUEST_TIMEOUT);
        }
        return count;
    }

    private int readWithinTimeout(byte[] buffer, int offset, int length) throws IOException {
        try {
            return body.read(buffer, offset, length);
        } catch (IOException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SocketTimeoutException) {
                throw new Refused(HttpStatus.REQUEST_TIMEOUT);
            }
            throw e;
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("Bodies are read by the thread of their request");
    }
}
