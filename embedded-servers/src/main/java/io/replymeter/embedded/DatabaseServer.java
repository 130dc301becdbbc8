package io.replymeter.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** A running PostgreSQL server. */
public interface DatabaseServer extends AutoCloseable {

    /** The address of a database, which need not exist. {@code postgres} always does. */
    Database database(String name);

    /** Creates a database unless it exists, and returns its address. */
    default Database createDatabase(String name) {
        try (Connection connection = database("postgres").connect();
                PreparedStatement exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement create = connection.createStatement()) {
            exists.setString(1, name);
            try (ResultSet row = exists.executeQuery()) {
                if (!row.next()) {
                    create.execute("CREATE DATABASE " + create.enquoteIdentifier(name, true));
                }
            }
            return database(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create database " + name, e);
        }
    }

    /** Completes when the server has ended. */
    CompletableFuture<?> onExit();

    /** Stops the server. It does not wait for its clients: open transactions are rolled back. */
    @Override
    void close();
}
