package io.replymeter.events;

/** Who or what wrote a message. Only {@link #HUMAN} messages ask or answer (rule 1). */
public enum MessageKind {
    /** A person wrote it. This is the default if an event has no kind. */
    HUMAN,
    AUTO_REPLY,
    SYSTEM,

    /** A kind that this version of the contract does not have. */
    OTHER;

    /** The kind with this name in an event. */
    static MessageKind named(String name) {
        return switch (name) {
            case "HUMAN" -> HUMAN;
            case "AUTO_REPLY" -> AUTO_REPLY;
            case "SYSTEM" -> SYSTEM;
            default -> OTHER;
        };
    }
}
