package io.replymeter.events;

/**
 * Bytes that are not an event of this contract. The message says what is wrong and never quotes a value, so that it may
 * be logged and shown.
 */
public final class InvalidEvent extends Exception {

    /** Why the bytes were refused. */
    public enum Reason {
        /** Not a JSON object, or a field is missing, of the wrong type or out of range. */
        MALFORMED,
        /** The type is known, but not in this version. */
        UNSUPPORTED_VERSION
    }

    private final Reason reason;

    public InvalidEvent(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static InvalidEvent malformed(String what) {
        return new InvalidEvent(Reason.MALFORMED, what);
    }

    public Reason reason() {
        return reason;
    }
}
