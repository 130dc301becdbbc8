package io.replymeter.metrics.oracle;

import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.retention.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service's own code on its own database, from the batch of records to the tables. */
class Service {

    private static final String CLEAR = """
            TRUNCATE conversation, inquiry, daily_metrics, partition_offset, ignored_records, quarantine
            """;
    private static final String INQUIRIES = """
            SELECT provider_id, client_id, conversation_id, initial_message_id, opened_at, response_message_id, responded_at
            FROM inquiry
            """;

    private final Generations generations;
    private final Ingest ingest;
    private final PartitionOffsets offsets;
    private final Retention retention;
    private final JdbcClient jdbc;

    Service(Generations generations, Ingest ingest, PartitionOffsets offsets, Retention retention, JdbcClient jdbc) {
        this.generations = generations;
        this.ingest = ingest;
        this.offsets = offsets;
        this.retention = retention;
        this.jdbc = jdbc;
    }

    /** As if nothing had ever been read. */
    void clear() {
        jdbc.sql(CLEAR).update();
    }

    /** Another consumer, which reads on where the last one stopped. */
    LogConsumer consumer() {
        return new LogConsumer(generations.active(), ingest, offsets);
    }

    /** One that reads for a rebuild, begun when the live generation had read the log up to {@code logTime}. */
    LogConsumer rebuildingConsumer(Instant logTime) {
        Generation live = generations.active();
        LocalDate firstDay = Retention.firstDayKept(live.ruleset(), logTime);
        return new LogConsumer(new Generation(live.number(), live.ruleset(), firstDay), ingest, offsets);
    }

    void cleanUp(Instant logTime) {
        retention.cleanUp(generations.active(), logTime);
    }

    /** Every row of everything derived, all of its columns. */
    Set<String> derivedRows() {
        Set<String> rows = new HashSet<>();
        for (String table : List.of("conversation", "inquiry", "daily_metrics")) {
            rows.addAll(jdbc.sql("SELECT '%1$s' || stored::text FROM %1$s AS stored".formatted(table))
                    .query(String.class)
                    .list());
        }
        return rows;
    }

    Set<ExpectedInquiry> inquiries() {
        return jdbc
                .sql(INQUIRIES)
                .query((row, number) -> new ExpectedInquiry(
                        row.getObject("provider_id", UUID.class),
                        row.getObject("client_id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        row.getObject("initial_message_id", UUID.class),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                        row.getObject("response_message_id", UUID.class),
                        instant(row.getObject("responded_at", OffsetDateTime.class))))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    /** Records that did not count, by reason. */
    Map<String, Integer> ignored() {
        return counts("SELECT reason, sum(records)::int AS records FROM ignored_records GROUP BY reason");
    }

    /** Records in quarantine, by reason. */
    Map<String, Integer> quarantined() {
        return counts("SELECT reason, count(*)::int AS records FROM quarantine GROUP BY reason");
    }

    private Map<String, Integer> counts(String sql) {
        return jdbc
                .sql(sql)
                .query((row, number) -> Map.entry(row.getString("reason"), row.getInt("records")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
