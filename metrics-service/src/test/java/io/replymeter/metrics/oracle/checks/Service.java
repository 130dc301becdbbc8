package io.replymeter.metrics.oracle.checks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.ingest.Ingest;
import io.replymeter.metrics.log.PartitionOffsets;
import io.replymeter.metrics.oracle.Inquiry;
import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Measurement;
import io.replymeter.metrics.oracle.Thresholds;
import io.replymeter.metrics.retention.Retention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service's own code on its own database, from the bytes of records to the REST API. */
class Service implements WorkedExamples.Subject {

    /** Faster than {@code TRUNCATE} on tables as small as these. */
    private static final String CLEAR = """
            DELETE FROM conversation;
            DELETE FROM inquiry;
            DELETE FROM daily_metrics;
            DELETE FROM partition_offset;
            DELETE FROM ignored_records;
            DELETE FROM quarantine
            """;

    private static final String INQUIRIES = """
            SELECT provider_id, client_id, conversation_id, initial_message_id, coalesce(asked_at, opened_at) AS asked_at,
                   opened_at, response_message_id, responded_at, excused_by, excuse_reason, excused_at
            FROM inquiry
            """;

    private final Generations generations;
    private final Ingest ingest;
    private final PartitionOffsets offsets;
    private final Retention retention;
    private final JdbcClient jdbc;
    private final MetricsApi api;
    private int recordsRead;

    Service(
            Generations generations,
            Ingest ingest,
            PartitionOffsets offsets,
            Retention retention,
            JdbcClient jdbc,
            MetricsApi api) {
        this.generations = generations;
        this.ingest = ingest;
        this.offsets = offsets;
        this.retention = retention;
        this.jdbc = jdbc;
        this.api = api;
    }

    @Override
    public void clear() {
        jdbc.sql(CLEAR).update();
        recordsRead = 0;
    }

    /** In one batch. */
    @Override
    public Measurement read(Thresholds thresholds, List<LogRecord> log) {
        List<LogRecord> unread = log.subList(recordsRead, log.size());
        if (!unread.isEmpty()) {
            Generation live = generations.active();
            consumer(new Generation(live.number(), ruleset(thresholds), live.firstDay()))
                    .apply(unread);
            recordsRead = log.size();
        }
        return api;
    }

    private static Ruleset ruleset(Thresholds thresholds) {
        return new Ruleset(
                thresholds.answerWithin(),
                thresholds.horizon(),
                thresholds.reinquirySilence(),
                thresholds.longestDeferral(),
                thresholds.excuseAllowancePercent(),
                thresholds.windowDays(),
                thresholds.minimumSampleSize());
    }

    /** Another consumer, which reads on from where the last one ended. */
    LogConsumer consumer() {
        return consumer(generations.active());
    }

    /** One that reads for a rebuild, begun when the live generation had read the log up to {@code watermark}. */
    LogConsumer rebuildingConsumer(Instant watermark) {
        Generation live = generations.active();
        return consumer(
                new Generation(live.number(), live.ruleset(), Retention.firstDayKept(live.ruleset(), watermark)));
    }

    private LogConsumer consumer(Generation generation) {
        return new LogConsumer(generation, ingest, offsets);
    }

    @Override
    public void cleanUp(Instant watermark) {
        retention.cleanUp(generations.active(), watermark);
    }

    /** The percentiles come from a sketch. */
    @Override
    public double percentileError() {
        return 0.016;
    }

    @Override
    public void hasIgnored(Map<String, Integer> recordsByReason) {
        assertThat(counts("SELECT reason, sum(records)::int AS records FROM ignored_records GROUP BY reason"))
                .as("ignored records")
                .isEqualTo(recordsByReason);
    }

    @Override
    public void hasQuarantined(Map<String, Integer> recordsByReason) {
        assertThat(counts("SELECT reason, count(*)::int AS records FROM quarantine GROUP BY reason"))
                .as("records in quarantine")
                .isEqualTo(recordsByReason);
    }

    /** Every row of every derived table, with all of its columns. */
    Set<String> derivedRows() {
        Set<String> rows = new HashSet<>();
        for (String table : List.of("conversation", "inquiry", "daily_metrics")) {
            rows.addAll(jdbc.sql("SELECT '%1$s' || stored::text FROM %1$s AS stored".formatted(table))
                    .query(String.class)
                    .list());
        }
        return rows;
    }

    Set<Inquiry> inquiries() {
        return jdbc
                .sql(INQUIRIES)
                .query((row, number) -> new Inquiry(
                        row.getObject("provider_id", UUID.class),
                        row.getObject("client_id", UUID.class),
                        row.getObject("conversation_id", UUID.class),
                        row.getObject("initial_message_id", UUID.class),
                        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                        row.getObject("response_message_id", UUID.class),
                        instant(row.getObject("responded_at", OffsetDateTime.class)),
                        excuse(row)))
                .list()
                .stream()
                .collect(toSet());
    }

    private Map<String, Integer> counts(String sql) {
        return jdbc
                .sql(sql)
                .query((row, number) -> Map.entry(row.getString("reason"), row.getInt("records")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Inquiry.@Nullable Excuse excuse(ResultSet row) throws SQLException {
        Instant at = instant(row.getObject("excused_at", OffsetDateTime.class));
        return at == null ? null : new Inquiry.Excuse(row.getString("excused_by"), row.getString("excuse_reason"), at);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
