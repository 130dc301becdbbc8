package io.replymeter.events;

/** Why an inquiry was excused (rule 5). */
public enum ExcuseReason {
    NO_REPLY_NEEDED,
    SPAM,
    BLOCKED,
    /** The client took the question back. */
    WITHDRAWN,

    /** Another reason, or one that this version of the contract does not have. */
    OTHER
}
