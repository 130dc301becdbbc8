package io.replymeter.metrics.provider;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.metrics.generation.DerivedRows;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.LogTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
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
import java.util.concurrent.ConcurrentHashMap;
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
     * The generation is resolved in the statement itself, so no answer mixes two. A provider without a row in the window
     * still has one, without a day. What is pending is the open inquiries of the days since {@code pending_since}, which
     * the daily rows tell, but for a part of the first of these days: {@code edge_unanswered} counts the shorter part,
     * before that moment or after it.
     */
    // OFFSET 0 keeps the planner from joining the other way round: a range for each provider, never a scan.
    private static final String METRICS = """
            WITH live AS (
                SELECT generation, window_days, greatest(
                        ?::timestamptz - answer_within_micros * interval '1 microsecond',
                        (?::date - window_days + 1)::timestamp AT TIME ZONE 'UTC') AS pending_since
                FROM active_generation JOIN generation USING (generation)),
            day AS (
                SELECT *, date_trunc('day', pending_since, 'UTC') AS midnight FROM live),
            edge AS (
                SELECT *, pending_since - midnight < interval '12 hours' AS is_before FROM day)
            SELECT edge.generation, edge.pending_since, asked.provider_id, edge_unanswered,
                   d.day, d.inquiries, d.answered, d.answered_late, d.response_micros, d.response_times
            FROM edge
            CROSS JOIN unnest(?::uuid[]) AS asked (provider_id)
            CROSS JOIN LATERAL (
                SELECT count(*) AS edge_unanswered FROM inquiry i
                WHERE i.generation = edge.generation AND i.provider_id = asked.provider_id AND i.responded_at IS NULL
                  AND i.opened_at >= CASE WHEN is_before THEN midnight ELSE pending_since END
                  AND i.opened_at < CASE WHEN is_before THEN pending_since ELSE midnight + interval '24 hours' END
                ) AS counted
            LEFT JOIN LATERAL (
                SELECT * FROM daily_metrics
                WHERE generation = edge.generation AND provider_id = asked.provider_id
                  AND day > ?::date - edge.window_days AND day <= ?::date
                OFFSET 0) AS d ON true
            """;

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    /**
     * A provider's days, those without inquiries left out.
     *
     * @param pendingSince when the oldest inquiry was opened, at the earliest, that can still be answered in time
     * @param edgeUnanswered open inquiries of that UTC day: opened before it in the day's first half, else from it on
     */
    record Days(int generation, Instant pendingSince, long edgeUnanswered, Map<LocalDate, DailyCounts> days) {

        DailyCounts sum() {
            DailyCounts sum = new DailyCounts();
            days.values().forEach(sum::addAll);
            return sum;
        }

        long pending() {
            LocalDate edge = LocalDate.ofInstant(pendingSince, ZoneOffset.UTC);
            Instant midnight = edge.atStartOfDay(ZoneOffset.UTC).toInstant();
            boolean isBefore = Duration.between(midnight, pendingSince).compareTo(HALF_A_DAY) < 0;
            long pending = isBefore ? -edgeUnanswered : edgeUnanswered;
            for (Map.Entry<LocalDate, DailyCounts> day : days.entrySet()) {
                if (day.getKey().isAfter(edge) || isBefore && day.getKey().equals(edge)) {
                    pending += day.getValue().open();
                }
            }
            return pending;
        }
    }

    private final JdbcClient jdbc;
    private final Generations generations;
    private final LogTime logTime;
    private final Clock clock;
    /** A generation's rules never change. */
    private final Map<Integer, Generation> known = new ConcurrentHashMap<>();

    ProviderMetricsQuery(JdbcClient jdbc, Generations generations, LogTime logTime, Clock clock) {
        this.jdbc = jdbc;
        this.generations = generations;
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

    private ProviderMetrics metrics(UUID id, Days its, Instant now, Map<Integer, Instant> lastUpdated) {
        return ProviderMetrics.of(
                id, generation(its), its.sum(), its.pending(), now, lastUpdated.get(its.generation()));
    }

    /** The generation that {@code its} were read of. */
    Generation generation(Days its) {
        return known.computeIfAbsent(its.generation(), generations::get);
    }

    /** The days of each provider. */
    Map<UUID, Days> days(Collection<UUID> providerIds, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        Map<UUID, Days> days = new LinkedHashMap<>();
        jdbc.sql(METRICS)
                .params(
                        at,
                        today,
                        new SqlArrayValue(
                                "uuid", providerIds.stream().distinct().toArray()),
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
            its = new Days(
                    row.getInt("generation"),
                    row.getObject("pending_since", OffsetDateTime.class).toInstant(),
                    row.getLong("edge_unanswered"),
                    new LinkedHashMap<>());
            days.put(providerId, its);
        }
        LocalDate day = row.getObject("day", LocalDate.class);
        if (day != null) {
            its.days().put(day, DerivedRows.counts(row));
        }
    }
}
