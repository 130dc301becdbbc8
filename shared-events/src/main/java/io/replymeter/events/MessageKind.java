package io.replymeter.events;

/** How a message came to be. Only {@link #HUMAN} ones ask or answer (rule 1). */
public enum MessageKind {
    /** Written by a person; the default where an event names no kind. */
    HUMAN,
    AUTO_REPLY,
    SYSTEM,

    /** Any kind that this version of the contract does not name. */
    OTHER;

    /** The kind that an event names. */
    static MessageKind named(String name) {
        return switch (name) {
            case "HUMAN" -> HUMAN;
            case "AUTO_REPLY" -> AUTO_REPLY;
            case "SYSTEM" -> SYSTEM;
            default -> OTHER;
        };
    }
}
