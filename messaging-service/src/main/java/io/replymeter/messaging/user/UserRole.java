package io.replymeter.messaging.user;

/** A user's role in the marketplace; it never changes. */
public enum UserRole {
    CLIENT,
    PROVIDER,
    ADMIN
}
