package io.replymeter.metrics.comparison;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.ResponseMetrics;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.tables.DailyMetrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the daily metrics, row by row, and what readers see of each provider, each set under its own rules. The rows
 * come by provider, so that one provider at a time is in memory.
 */
final class DailyMetricsComparison {

    static final String LAYER = "dailyMetrics";

    private static final String ROWS = """
            SELECT *, bool_or(differs OR live_pending <> rebuilt_pending) OVER (PARTITION BY provider_id) AS provider_differs
            FROM (SELECT provider_id, day,
                         live.inquiries AS live_inquiries, live.answered AS live_answered,
                         live.answered_late AS live_answered_late,
                         live.excused_by_platform AS live_excused_by_platform,
                         live.excused_by_provider AS live_excused_by_provider, live.response_micros AS live_response_micros,
                         coalesce(live.response_times, '') AS live_response_times,
                         rebuilt.inquiries AS rebuilt_inquiries, rebuilt.answered AS rebuilt_answered,
                         rebuilt.answered_late AS rebuilt_answered_late,
                         rebuilt.excused_by_platform AS rebuilt_excused_by_platform,
                         rebuilt.excused_by_provider AS rebuilt_excused_by_provider, rebuilt.response_micros AS rebuilt_response_micros,
                         coalesce(rebuilt.response_times, '') AS rebuilt_response_times,
                         (live.inquiries, live.answered, live.answered_late, live.excused_by_platform,
                          live.excused_by_provider, live.response_micros, live.response_times)
                             IS DISTINCT FROM (rebuilt.inquiries, rebuilt.answered, rebuilt.answered_late,
                                               rebuilt.excused_by_platform, rebuilt.excused_by_provider,
                                               rebuilt.response_micros, rebuilt.response_times) AS differs,
                         coalesce(live_pending.pending, 0) AS live_pending,
                         coalesce(rebuilt_pending.pending, 0) AS rebuilt_pending
                  FROM (SELECT * FROM daily_metrics<live> WHERE day >= :firstDay) AS live
                  FULL JOIN (SELECT * FROM daily_metrics<rebuilt> WHERE day >= :firstDay) AS rebuilt
                      USING (provider_id, day)
                  LEFT JOIN (
                      SELECT provider_id, count(*) AS pending FROM inquiry<live>
                      WHERE responded_at IS NULL AND excused_at IS NULL AND opened_at >= :livePendingSince AND opened_at < :tomorrow
                      GROUP BY provider_id) AS live_pending USING (provider_id)
                  LEFT JOIN (
                      SELECT provider_id, count(*) AS pending FROM inquiry<rebuilt>
                      WHERE responded_at IS NULL AND excused_at IS NULL AND opened_at >= :rebuiltPendingSince AND opened_at < :tomorrow
                      GROUP BY provider_id) AS rebuilt_pending USING (provider_id)) AS compared
            ORDER BY provider_id, day
            """;

    private final ComparedTables tables;
    private final Differences differences;
    private @Nullable Provider provider;

    DailyMetricsComparison(ComparedTables tables, Differences differences) {
        this.tables = tables;
        this.differences = differences;
    }

    void run() {
        LocalDate tomorrow = LocalDate.ofInstant(tables.now(), ZoneOffset.UTC).plusDays(1);
        tables.sql(ROWS)
                .param("firstDay", tables.firstDayRead())
                .param("livePendingSince", pendingSince(tables.live().ruleset()))
                .param("rebuiltPendingSince", pendingSince(tables.rebuilt().ruleset()))
                .param("tomorrow", time(Micros.startOf(tomorrow)))
                .query(this::take);
        endProvider();
    }

    /** An unanswered inquiry of the window that was opened then or later can still be answered in time. */
    private OffsetDateTime pendingSince(Ruleset ruleset) {
        long inTime = Micros.of(tables.now().minus(ruleset.answerWithin()));
        return time(Math.max(inTime, Micros.startOf(ruleset.firstDay(tables.now()))));
    }

    private static OffsetDateTime time(long micros) {
        return Micros.instant(micros).atOffset(ZoneOffset.UTC);
    }

    private void take(ResultSet row) throws SQLException {
        UUID id = row.getObject("provider_id", UUID.class);
        if (provider == null || !provider.id().equals(id)) {
            endProvider();
            provider = new Provider(
                    id,
                    new Window(tables.live().ruleset(), row.getLong("live_pending"), tables.now()),
                    new Window(tables.rebuilt().ruleset(), row.getLong("rebuilt_pending"), tables.now()));
        }
        LocalDate day = row.getObject("day", LocalDate.class);
        if (!day.isBefore(tables.since())) {
            differences.compared(LAYER, 1);
        }
        if (row.getBoolean("provider_differs") || !tables.haveTheSameRules()) {
            add(row, provider, day);
        }
    }

    private void add(ResultSet row, Provider to, LocalDate day) throws SQLException {
        DailyCounts live = DailyMetrics.counts(row, row.findColumn("live_inquiries"));
        DailyCounts rebuilt = DailyMetrics.counts(row, row.findColumn("rebuilt_inquiries"));
        to.live().add(day, live);
        to.rebuilt().add(day, rebuilt);
        if (row.getBoolean("differs") && !day.isBefore(tables.since())) {
            differences.add(new RowDifference(
                    LAYER,
                    "provider " + to.id() + ", day " + day,
                    text(live),
                    text(rebuilt),
                    differences.isCausedBeforeTopic(to.id())));
        }
    }

    private void endProvider() {
        if (provider != null) {
            differences.compared(
                    provider.id(), provider.live().metrics(), provider.rebuilt().metrics());
        }
    }

    private static String text(DailyCounts counts) {
        return counts.inquiries() == 0
                ? "missing"
                : counts.inquiries() + " inquiries, " + counts.answered() + " answered, " + counts.answeredLate()
                        + " answered late, " + counts.excusedByPlatform() + " excused by the platform, "
                        + counts.excusedByProvider() + " by the provider, " + counts.responseMicros()
                        + " µs, response times "
                        + Integer.toHexString(
                                Arrays.hashCode(counts.responseTimes().encode()));
    }

    private record Provider(UUID id, Window live, Window rebuilt) {}

    /** A provider's window in one set of tables. Only the days of a provider that differs are added up. */
    private record Window(Ruleset ruleset, long pending, Instant now, DailyCounts counts) {

        Window(Ruleset ruleset, long pending, Instant now) {
            this(ruleset, pending, now, new DailyCounts());
        }

        void add(LocalDate day, DailyCounts added) {
            if (!day.isBefore(ruleset.firstDay(now)) && !day.isAfter(ruleset.lastDay(now))) {
                counts.addAll(added);
            }
        }

        ResponseMetrics metrics() {
            return ResponseMetrics.of(counts, pending, ruleset);
        }
    }
}
