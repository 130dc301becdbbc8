package io.replymeter.messaging.profile;

import io.replymeter.metrics.client.MetricsApi;
import io.replymeter.metrics.client.ResponseMetrics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * The last known metrics in the providers' rows, and which of them are due to be read again. Several instances share the
 * work: the one that claims a provider has it alone for the {@link #LEASE}. Thread-safe.
 */
@Repository
class MetricsCache {

    /** Longer than a batch call may take, and short enough for a second attempt within 5 seconds of a message. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    // Not private, so that a test can ask for their query plans.
    static final String COLLECT_MARKS = """
            WITH taken AS (
                DELETE FROM stale_response_metrics
                WHERE id = ANY (ARRAY(
                    SELECT id FROM stale_response_metrics ORDER BY id LIMIT 10000 FOR UPDATE SKIP LOCKED))
                RETURNING provider_id, marked_at),
            marked AS (
                SELECT users.id, least(latest.marked_at, now()) AS marked_at
                FROM (SELECT provider_id, max(marked_at) AS marked_at FROM taken GROUP BY provider_id) AS latest
                JOIN users ON users.id = latest.provider_id AND users.role = 'PROVIDER'
                ORDER BY users.id FOR NO KEY UPDATE OF users)
            UPDATE users
            SET metrics_due_at = CASE WHEN metrics_stale_since IS NULL THEN now() ELSE metrics_due_at END,
                metrics_stale_since = greatest(metrics_stale_since, marked.marked_at)
            FROM marked
            WHERE users.id = marked.id
            """;

    private static final String CLAIM = """
            UPDATE users SET metrics_due_at = now() + :lease * interval '1 millisecond',
                metrics_stale_since = CASE WHEN metrics_stale_since > now() THEN now() ELSE metrics_stale_since END
            WHERE id = ANY (ARRAY(
                SELECT id FROM users WHERE %1$s AND %2$s <= now()
                ORDER BY %2$s LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED))
            RETURNING id
            """;
    static final String CLAIM_STALE = CLAIM.formatted("metrics_stale_since IS NOT NULL", "metrics_due_at");
    static final String CLAIM_DUE = CLAIM.formatted("role = 'PROVIDER'", "coalesce(metrics_due_at, '-infinity')");

    // An answer includes the message that made it stale if its watermark is 2 seconds past the mark: by then the
    // message has been applied, unless the broker was away. Until then the answer is asked for again: 3 seconds past
    // the
    // mark, and then each time after as long as it has been stale already.
    static final String RECORD = """
            WITH answer AS (
                SELECT given.*, coalesce(last_updated >= metrics_stale_since + interval '2 seconds',
                    metrics_stale_since IS NULL) AS is_complete
                FROM unnest(:providers::uuid[], :averages::int[], :rates::numeric[], :lastUpdated::timestamptz[],
                    :asOf::timestamptz[], :sampleSizes::int[], :answered::int[], :minimumSampleSizes::int[],
                    :windowDays::int[], :answerWithin::bigint[], :medians::int[], :excused::int[]) AS given (provider_id,
                    average_minutes, rate, last_updated, as_of, sample_size, answered, minimum_sample_size, window_days,
                    answer_within, median_minutes, excused)
                JOIN users ON users.id = provider_id AND role = 'PROVIDER'
                ORDER BY users.id FOR NO KEY UPDATE OF users)
            UPDATE users
            SET average_response_time_minutes = average_minutes,
                median_response_time_minutes = median_minutes,
                response_rate_percentage = rate,
                metrics_last_updated = last_updated,
                metrics_as_of = as_of,
                metrics_sample_size = sample_size,
                metrics_answered = answered,
                metrics_excused = excused,
                metrics_minimum_sample_size = minimum_sample_size,
                metrics_window_days = window_days,
                metrics_answer_within_seconds = answer_within,
                metrics_stale_since = CASE WHEN is_complete THEN NULL ELSE metrics_stale_since END,
                metrics_due_at = now() + least(:refreshEvery * interval '1 millisecond', CASE WHEN NOT is_complete
                    THEN greatest(now() - metrics_stale_since, metrics_stale_since + interval '3 seconds' - now()) END)
            FROM answer
            WHERE id = provider_id
                AND (metrics_as_of IS NULL OR metrics_as_of <= as_of OR metrics_as_of > now() + interval '5 seconds')
            """;

    // Nobody is due later than what RECORD and the lease allow. Who is was made due by a clock that was ahead.
    private static final String MEND = """
            UPDATE users SET metrics_due_at = now()
            WHERE id = ANY (ARRAY(
                SELECT id FROM users WHERE %1$s AND %2$s > now() + interval '5 seconds' + %3$s
                ORDER BY %2$s DESC LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED))
            """;
    static final String MEND_STALE = MEND.formatted(
            "metrics_stale_since IS NOT NULL",
            "metrics_due_at",
            "CASE WHEN metrics_stale_since < now() THEN now() - metrics_stale_since ELSE interval '0' END");
    static final String MEND_DUE = MEND.formatted(
            "role = 'PROVIDER'", "coalesce(metrics_due_at, '-infinity')", ":refreshEvery * interval '1 millisecond'");
    private final JdbcClient jdbc;
    private final Duration refreshEvery;

    MetricsCache(JdbcClient jdbc, MetricsApiProperties properties) {
        this.jdbc = jdbc;
        this.refreshEvery = properties.refreshEvery();
    }

    /** Moves the marks that messages left to their providers' rows, which are then due. */
    void collectMarks() {
        jdbc.sql(COLLECT_MARKS).update();
    }

    /** Claims up to a batch of providers whose answer is stale. */
    List<UUID> claimStale() {
        return claim(CLAIM_STALE);
    }

    /** Claims up to a batch of providers whose answer is due to be read again, or who never had one. */
    List<UUID> claimDue() {
        return claim(CLAIM_DUE);
    }

    private List<UUID> claim(String statement) {
        return jdbc.sql(statement)
                .param("lease", LEASE.toMillis())
                .param("limit", MetricsApi.MOST_PROVIDERS)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Stores these answers, except where a later one is known already. */
    void record(List<ResponseMetrics> answers) {
        List<MetricsSummary> summaries =
                answers.stream().map(MetricsSummary::of).toList();
        jdbc.sql(RECORD)
                .param("providers", array("uuid", answers, ResponseMetrics::providerId))
                .param("averages", array("int4", summaries, MetricsSummary::averageMinutes))
                .param("rates", array("numeric", answers, ResponseMetrics::responseRatePercent))
                .param("lastUpdated", array("timestamptz", summaries, MetricsSummary::lastUpdated))
                .param("asOf", array("timestamptz", summaries, MetricsSummary::asOf))
                .param("sampleSizes", array("int4", summaries, MetricsSummary::sampleSize))
                .param("answered", array("int4", summaries, MetricsSummary::answered))
                .param("minimumSampleSizes", array("int4", summaries, MetricsSummary::minimumSampleSize))
                .param("windowDays", array("int4", summaries, MetricsSummary::windowDays))
                .param(
                        "answerWithin",
                        array(
                                "int8",
                                summaries,
                                summary -> summary.answerWithin().toSeconds()))
                .param("medians", array("int4", summaries, MetricsSummary::medianMinutes))
                .param("excused", array("int4", summaries, MetricsSummary::excused))
                .param("refreshEvery", refreshEvery.toMillis())
                .update();
    }

    /** Makes providers due whose times come from a database clock that was ahead for a while. */
    void mendTimesAhead() {
        mendAll(jdbc.sql(MEND_STALE));
        mendAll(jdbc.sql(MEND_DUE).param("refreshEvery", refreshEvery.toMillis()));
    }

    private static void mendAll(JdbcClient.StatementSpec mend) {
        mend.param("limit", MetricsApi.MOST_PROVIDERS);
        int mended = MetricsApi.MOST_PROVIDERS;
        while (mended == MetricsApi.MOST_PROVIDERS) {
            mended = mend.update();
        }
    }

    private static <T> SqlArrayValue array(String type, List<T> rows, Function<T, @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}
