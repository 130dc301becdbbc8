package io.replymeter.embedded;

/** A server's process did not come up; the message says what to do about it. */
public final class ServerDidNotStart extends RuntimeException {

    public ServerDidNotStart(String message) {
        super(message);
    }

    public ServerDidNotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
