package io.replymeter.events;

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
    OTHER
}
