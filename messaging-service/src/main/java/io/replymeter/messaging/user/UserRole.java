package io.replymeter.messaging.user;

/** What somebody is to the marketplace; it never changes. */
public enum UserRole {
    CLIENT,
    PROVIDER,
    ADMIN
}
