package io.replymeter.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Makes a pool drop connections to a server that takes no writes any more, such as a primary that was demoted while connections
 * stayed open. New ones look for the primary.
 */
public final class ReadOnlyServers implements SQLExceptionOverride {

    private static final String READ_ONLY = "25006";

    @java.lang.Override
    public Override adjudicate(SQLException refused) {
        return READ_ONLY.equals(refused.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
