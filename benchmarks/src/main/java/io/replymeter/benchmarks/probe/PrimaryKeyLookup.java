package io.replymeter.benchmarks.probe;

import java.time.LocalDate;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The reference for reading metrics: one row by its primary key, in the same service and behind the same token check. A
 * service that has this module on its class path finds it as an auto-configuration.
 */
@AutoConfiguration
@RestController
class PrimaryKeyLookup {

    private static final String ROW = """
            SELECT inquiries, answered, answered_late, response_micros FROM daily_metrics
            WHERE provider_id = ? AND day = ? AND generation = 1
            """;

    private final JdbcClient jdbc;

    PrimaryKeyLookup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(long inquiries, long answered, long answeredLate, long responseMicros) {

        static final Row NONE = new Row(0, 0, 0, 0);
    }

    @GetMapping("/api/v1/benchmarks/{providerId}/{day}")
    Row row(@PathVariable UUID providerId, @PathVariable LocalDate day) {
        return jdbc.sql(ROW).params(providerId, day).query(Row.class).optional().orElse(Row.NONE);
    }
}
