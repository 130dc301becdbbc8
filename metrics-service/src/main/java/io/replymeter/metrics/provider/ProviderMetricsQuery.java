package io.replymeter.metrics.provider;

import static java.util.Objects.requireNonNull;

import io.replymeter.metrics.generation.DerivedRows;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.LogTime;
import io.replymeter.metrics.response.DailyCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * Reads metrics of the live generation: for each provider at most the window's daily rows and one range of its latest
 * inquiries, whatever its history. Thread-safe.
 */
@Repository
class ProviderMetricsQuery {

    /**
     * The generation is resolved in the statement itself, so no answer mixes two. Its rules come with every row; a provider
     * without a row in the window still has one, without a day.
     */
    // OFFSET 0 keeps the planner from joining the other way round: a range for each provider, never a scan.
    private static final String METRICS = """
            WITH live AS (SELECT g.* FROM active_generation JOIN generation g USING (generation))
            SELECT live.*, asked.provider_id, recent.pending,
                   d.day, d.inquiries, d.answered, d.answered_late, d.response_micros, d.response_times
            FROM live
            CROSS JOIN unnest(?::uuid[]) AS asked (provider_id)
            CROSS JOIN LATERAL (
                SELECT count(*) AS pending FROM inquiry i
                WHERE i.generation = live.generation AND i.provider_id = asked.provider_id
                  AND i.opened_at >= greatest(
                      ?::timestamptz - live.answer_within_micros * interval '1 microsecond',
                      (?::date - live.window_days + 1)::timestamp AT TIME ZONE 'UTC')
                  AND i.opened_at < (?::date + 1)::timestamp AT TIME ZONE 'UTC'
                  AND i.responded_at IS NULL) AS recent
            LEFT JOIN LATERAL (
                SELECT * FROM daily_metrics
                WHERE generation = live.generation AND provider_id = asked.provider_id
                  AND day > ?::date - live.window_days AND day <= ?::date
                OFFSET 0) AS d ON true
            """;

    /** A provider's days under the rules of one generation. */
    record Days(Generation generation, long pending, Map<LocalDate, DailyCounts> days) {

        DailyCounts sum() {
            DailyCounts sum = new DailyCounts();
            days.values().forEach(sum::addAll);
            return sum;
        }
    }

    private final JdbcClient jdbc;
    private final LogTime logTime;
    private final Clock clock;

    ProviderMetricsQuery(JdbcClient jdbc, LogTime logTime, Clock clock) {
        this.jdbc = jdbc;
        this.logTime = logTime;
        this.clock = clock;
    }

    /** The metrics of each of {@code providerIds}, in their order. One that nobody knows has no inquiries. */
    List<ProviderMetrics> metrics(Collection<UUID> providerIds) {
        // Read before the numbers, so that it never claims more than they hold.
        Map<Integer, Instant> lastUpdated = logTime.known();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, Days> days = days(providerIds, now);
        return providerIds.stream()
                .map(id -> metrics(id, requireNonNull(days.get(id)), now, lastUpdated))
                .toList();
    }

    private static ProviderMetrics metrics(UUID id, Days its, Instant now, Map<Integer, Instant> lastUpdated) {
        Generation generation = its.generation();
        return ProviderMetrics.of(id, generation, its.sum(), its.pending(), now, lastUpdated.get(generation.number()));
    }

    /** The days of each provider, those without inquiries left out. */
    Map<UUID, Days> days(Collection<UUID> providerIds, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        Map<UUID, Days> days = new LinkedHashMap<>();
        jdbc.sql(METRICS)
                .params(
                        new SqlArrayValue(
                                "uuid", providerIds.stream().distinct().toArray()),
                        at,
                        today,
                        today,
                        today,
                        today)
                .query(row -> {
                    add(row, days);
                });
        return days;
    }

    private static void add(ResultSet row, Map<UUID, Days> days) throws SQLException {
        UUID providerId = row.getObject("provider_id", UUID.class);
        Days its = days.get(providerId);
        if (its == null) {
            its = new Days(DerivedRows.generation(row), row.getLong("pending"), new LinkedHashMap<>());
            days.put(providerId, its);
        }
        LocalDate day = row.getObject("day", LocalDate.class);
        if (day != null) {
            its.days().put(day, DerivedRows.counts(row));
        }
    }
}
