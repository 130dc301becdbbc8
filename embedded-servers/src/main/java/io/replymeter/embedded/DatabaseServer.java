package io.replymeter.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** A PostgreSQL that its owner started. */
public interface DatabaseServer extends AutoCloseable {

    /** The database of this name, whether it exists or not; {@code postgres} always does. */
    Database database(String name);

    /** The database of this name, created unless it exists. */
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

    /** Completes when it has ended. */
    CompletableFuture<?> onExit();

    /** Stops it: open transactions are rolled back. */
    @Override
    void close();
}
