package io.replymeter.benchmarks.facts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A way to keep facts. Implementations are stateless and safe for use by several threads, each on its connection. */
interface FactForm {

    /** Creates the tables, all of whose partitions end in {@code _1}. */
    String tables();

    /** A query for the number of facts kept. */
    String count();

    /** Takes a batch in, in the caller's transaction, in a fixed handful of statements. */
    void apply(Connection connection, List<Message> batch) throws SQLException;

    /** Prepares a new connection. */
    default void prepare(Connection connection) throws SQLException {}
}
