package io.replymeter.events;

/**
 * Bytes that are no event of this contract. The message names what is wrong and never quotes a value, so that it can be
 * logged and shown.
 */
public final class InvalidEvent extends Exception {

    /** Why the bytes were refused. */
    public enum Reason {
        /** Not a JSON object, or a field is missing, of the wrong type or out of range. */
        MALFORMED,
        /** A known type in a version that this reader does not know. */
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
