package io.replymeter.logging;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells errors of a database that is away, full or busy from bugs: the same work may succeed in a while. */
public final class DatabaseAway {

    /** SQLSTATE classes: connection, rollback for a rival, resources such as a full disk, shutdown, input and output. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** A standby that was written to, a transaction that the server ended, and a lock that was not free in time. */
    private static final Set<String> STATES = Set.of("25006", "25P03", "25P04", "55P03");

    private DatabaseAway() {}

    /** Whether {@code error}, or what caused it, says so. */
    public static boolean isBehind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (isOne(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(Throwable error) {
        return error instanceof TransientDataAccessException
                || error instanceof RecoverableDataAccessException
                || error instanceof DataAccessResourceFailureException
                || error instanceof CannotCreateTransactionException
                || error instanceof TransactionSystemException
                || error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || (error instanceof SQLException sql && isState(sql.getSQLState()));
    }

    private static boolean isState(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state));
    }
}
