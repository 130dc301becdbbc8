package io.replymeter.jdbc;

/** Connections share sessions of PostgreSQL. Settings and locks of one would be another's. */
final class SessionsShared extends RuntimeException {

    SessionsShared() {
        super("Something between this service and PostgreSQL gives a connection another session for each transaction");
    }
}
