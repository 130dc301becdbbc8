package io.replymeter.events;

import java.util.List;

/** Who or what wrote a message, and for whom. Only some kinds ask or answer (rule 1). */
public enum MessageKind {
    /** A person wrote it: asks or answers. This is the default if an event has no kind. */
    HUMAN,
    /** A person did something by a button or a form, such as accepting or calling: answers, but does not ask. */
    ACTION,
    AUTO_REPLY,
    SYSTEM,
    /** The other side does not see it. */
    NOTE,

    /** A kind that this version of the contract does not have. */
    OTHER;

    private static final List<MessageKind> KNOWN = List.of(HUMAN, ACTION, AUTO_REPLY, SYSTEM, NOTE);

    /**
     * The kind with this name in an event. A known one in another case is refused: taken for unknown, nothing that an
     * integration sends would be measured.
     *
     * @throws IllegalArgumentException when it is a known name in another case
     */
    static MessageKind named(String name) {
        for (MessageKind kind : KNOWN) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        for (MessageKind kind : KNOWN) {
            if (kind.name().equalsIgnoreCase(name)) {
                throw new IllegalArgumentException("kind is not in upper case: write " + kind);
            }
        }
        return OTHER;
    }
}
