package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.generation.GenerationTables;
import io.replymeter.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the database has room for another generation. Thread-safe. */
@Component
@EnableConfigurationProperties(RebuildProperties.class)
class DiskSpaceCheck {

    private static final Logger log = LoggerFactory.getLogger(DiskSpaceCheck.class);

    /** Tables that are being written hold dead rows too. */
    private static final double SPARE = 1.2;

    private static final String DATABASE_SIZE = "SELECT pg_database_size(current_database())";
    private static final String DATA_DIRECTORY = "SELECT setting FROM pg_settings WHERE name = 'data_directory'";
    private static final String SYSTEM_IDENTIFIER = "SELECT system_identifier FROM pg_control_system()";

    private final JdbcClient jdbc;
    private final GenerationTables tables;
    private final RebuildProperties properties;

    DiskSpaceCheck(JdbcClient jdbc, GenerationTables tables, RebuildProperties properties) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.properties = properties;
    }

    /** @throws Problem when there is too little room for a copy of {@code generation}; not if that cannot be known */
    void check(int generation) {
        long needed = Math.round(tables.size(generation) * SPARE);
        OptionalLong free = free();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new Problem(
                            HttpStatus.CONFLICT,
                            "not-enough-disk",
                            "The database has too little room for another generation",
                            "Another generation needs about " + needed + " bytes, " + free.getAsLong()
                                    + " are free: make room, or raise replymeter.rebuild.database-capacity if it is set.")
                    .with("neededBytes", needed)
                    .with("freeBytes", free.getAsLong());
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
            log.debug("The database's disk cannot be seen from here", e);
        }
        log.info("How much disk is free for a rebuild is not known: set replymeter.rebuild.database-capacity");
        return OptionalLong.empty();
    }

    /** The same path may belong to another database on this machine. */
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
