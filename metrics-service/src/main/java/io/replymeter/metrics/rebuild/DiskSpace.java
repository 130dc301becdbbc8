package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.DerivedTables;
import io.replymeter.metrics.problem.Problems.Conflict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the database has room for another generation. Thread-safe. */
@Component
@EnableConfigurationProperties(RebuildProperties.class)
class DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

    /** What is being written has dead rows in between. */
    private static final double SPARE = 1.2;

    private static final String DATABASE_SIZE = "SELECT pg_database_size(current_database())";
    private static final String DATA_DIRECTORY = "SELECT setting FROM pg_settings WHERE name = 'data_directory'";
    private static final String SYSTEM_IDENTIFIER = "SELECT system_identifier FROM pg_control_system()";

    private final JdbcClient jdbc;
    private final DerivedTables tables;
    private final RebuildProperties properties;

    DiskSpace(JdbcClient jdbc, DerivedTables tables, RebuildProperties properties) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.properties = properties;
    }

    /** @throws Conflict when there is too little for a copy of {@code generation}; not if that cannot be known */
    void check(int generation) {
        long needed = Math.round(tables.size(generation) * SPARE);
        OptionalLong free = free();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new Conflict(
                    "not-enough-disk",
                    "A second generation needs about " + needed + " bytes, " + free.getAsLong()
                            + " are free: make room, or raise replymeter.rebuild.database-capacity if it is set.",
                    Map.of("neededBytes", needed, "freeBytes", free.getAsLong()));
        }
    }

    private OptionalLong free() {
        if (properties.databaseCapacity() != null) {
            long used = jdbc.sql(DATABASE_SIZE).query(Long.class).single();
            return OptionalLong.of(Math.max(0, properties.databaseCapacity().toBytes() - used));
        }
        try {
            Path directory =
                    Path.of(jdbc.sql(DATA_DIRECTORY).query(String.class).single());
            if (isOurs(directory)) {
                return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
            }
        } catch (IOException | DataAccessException e) {
            LOG.debug("The database's disk cannot be seen from here", e);
        }
        LOG.info("How much disk is free for a rebuild is not known: set replymeter.rebuild.database-capacity");
        return OptionalLong.empty();
    }

    /** The same path may be another database's on this machine. */
    private boolean isOurs(Path directory) throws IOException {
        Path control = directory.resolve("global/pg_control");
        if (!Files.isReadable(control)) {
            return false;
        }
        try (InputStream content = Files.newInputStream(control)) {
            long identifier = ByteBuffer.wrap(content.readNBytes(Long.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .getLong();
            return identifier == jdbc.sql(SYSTEM_IDENTIFIER).query(Long.class).single();
        }
    }
}
