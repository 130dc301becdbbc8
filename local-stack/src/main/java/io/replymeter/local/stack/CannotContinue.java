package io.replymeter.local.stack;

/** A command cannot continue. The message is one line that says why and what to do. */
public class CannotContinue extends RuntimeException {

    public CannotContinue(String message) {
        super(message);
    }

    public CannotContinue(String message, Throwable cause) {
        super(message, cause);
    }
}
