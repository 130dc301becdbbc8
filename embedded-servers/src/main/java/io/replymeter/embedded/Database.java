package io.replymeter.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The address of a PostgreSQL database and the user to connect with. */
public record Database(String name, String jdbcUrl, String username, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, username, password);
    }
}
