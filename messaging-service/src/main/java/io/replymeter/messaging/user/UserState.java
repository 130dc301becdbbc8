package io.replymeter.messaging.user;

/** Whether a user is here. */
public enum UserState {
    ACTIVE,

    /** Their tokens are refused and others do not find them, until an admin reactivates them. */
    DEACTIVATED,

    /** The same for good, and what they said and were called is removed. */
    ERASED
}
