package io.replymeter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {

    private static final Set<String> BIG = Set.of("messages");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX by_kind ON messages (kind);",
                "create unique index by_kind\n  on only messages (kind);",
                "ALTER TABLE messages ADD CONSTRAINT known CHECK (kind IN ('A', 'B'));",
                "ALTER TABLE messages ADD CONSTRAINT a CHECK (x > 0) NOT VALID, ADD CONSTRAINT b CHECK (x < 9);",
                "ALTER TABLE messages ADD UNIQUE (id);",
                "ALTER TABLE messages ALTER COLUMN kind SET NOT NULL;",
                "ALTER TABLE messages ALTER sequence TYPE numeric;",
                "ALTER TABLE messages ADD COLUMN token uuid DEFAULT gen_random_uuid();",
                "ALTER TABLE messages ADD COLUMN hour int GENERATED ALWAYS AS (1) STORED;",
                "ALTER TABLE messages ADD COLUMN of uuid REFERENCES users;",
                "ALTER TABLE messages SET UNLOGGED;",
                "UPDATE messages SET kind = 'HUMAN';",
                "LOCK TABLE messages;",
                "CREATE INDEX CONCURRENTLY by_kind ON messages (kind); CREATE TABLE other (id int);",
                "ALTER TABLE messages ADD CONSTRAINT a CHECK (x > 0) NOT VALID; ALTER TABLE messages VALIDATE CONSTRAINT a;"
            })
    void whatLocksABigTableIsRefused(String sql) {
        assertThat(new Migration("V9", sql).faults(BIG)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY by_kind ON messages (kind);",
                "CREATE INDEX by_name ON users (name);",
                "ALTER TABLE messages ADD COLUMN action text, ADD COLUMN at timestamptz DEFAULT now();",
                "ALTER TABLE messages ADD CONSTRAINT a FOREIGN KEY (x) REFERENCES users NOT VALID;",
                "ALTER TABLE messages VALIDATE CONSTRAINT a;",
                "ALTER TABLE messages ADD CONSTRAINT one UNIQUE USING INDEX by_kind;",
                "CREATE TABLE messages (id int); CREATE INDEX by_id ON messages (id);",
                "-- CREATE INDEX by_kind ON messages (kind);"
            })
    void whatLocksItForAMomentIsNot(String sql) {
        assertThat(new Migration("V9", sql).faults(BIG)).isEmpty();
    }
}
