package io.replymeter.embedded;

/** A server did not start. The message says what to do. */
public final class ServerDidNotStart extends RuntimeException {

    public ServerDidNotStart(String message) {
        super(message);
    }

    public ServerDidNotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
