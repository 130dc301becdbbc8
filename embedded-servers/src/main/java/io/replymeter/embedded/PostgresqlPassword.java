package io.replymeter.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * The password of a server's only user, generated before its first start and kept beside its data, where only the owner of
 * the file can read it. Data from before there was one, or whose file is lost, get a new one.
 */
final class PostgresqlPassword {

    private static final int BYTES = 32;

    private static final String NOBODY_ASKED = """
            host all all 127.0.0.1/32 trust
            host all all ::1/128 trust
            host replication all 127.0.0.1/32 trust
            """;
    private static final String EVERYBODY_ASKED = NOBODY_ASKED.replace("trust", "scram-sha-256");

    private final Path rules;
    private final String text;

    private PostgresqlPassword(Path rules, String text) {
        this.rules = rules;
        this.text = text;
    }

    /** The password for the data in this folder, which no running server uses. */
    static PostgresqlPassword of(Path data) throws IOException {
        Path rules = data.resolve("pg_hba.conf");
        Path file = data.resolveSibling(data.getFileName() + ".password");
        if (!Files.exists(file)) {
            if (Files.exists(rules)) {
                Files.writeString(rules, NOBODY_ASKED);
            }
            create(file);
        }
        return new PostgresqlPassword(rules, Files.readString(file));
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), ".password", ""); // its owner's alone
        Files.writeString(written, HexFormat.of().formatHex(random));
        Files.move(written, file);
    }

    String text() {
        return text;
    }

    /** From now on the server asks everybody for it. If this fails half-way, the next start does it again. */
    void require(Database database) throws IOException, SQLException {
        if (Files.readString(rules).equals(EVERYBODY_ASKED)) {
            return;
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + database.username() + " PASSWORD '" + text + "'");
            Files.writeString(rules, EVERYBODY_ASKED);
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
