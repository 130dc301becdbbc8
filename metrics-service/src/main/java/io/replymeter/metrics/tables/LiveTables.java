package io.replymeter.metrics.tables;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Outcome;
import io.replymeter.measurement.ResponseTimes;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.web.Cursor;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What readers ask of the live generation's tables. The work of an answer does not depend on a provider's history: at most
 * the window's daily rows and a range of its latest inquiries. Thread-safe.
 */
@Repository
public class LiveTables {

    /**
     * The rows of each provider's window; one without any still has one. The pending inquiries are the unanswered ones since
     * {@code pending_since}. The daily rows count those of whole days; of the day on which {@code pending_since} lies, {@code
     * edge_unanswered} counts the shorter part, before that moment or after it.
     */
    // MATERIALIZED: the moments are computed once, not for each row. OFFSET 0: a range for each provider, never a scan,
    // because the planner cannot join the other way round.
    private static final String WINDOW = """
            WITH pending AS (
                SELECT *, greatest(
                        :now::timestamptz - answer_within_micros * interval '1 microsecond',
                        (:today::date - window_days + 1)::timestamp AT TIME ZONE 'UTC') AS pending_since
                FROM %s),
            day AS (
                SELECT *, date_trunc('day', pending_since, 'UTC') AS midnight FROM pending),
            edge AS MATERIALIZED (
                SELECT *, :today::date - window_days AS day_before, (midnight AT TIME ZONE 'UTC')::date AS edge_day,
                       CASE WHEN is_before THEN midnight ELSE pending_since END AS edge_from,
                       CASE WHEN is_before THEN pending_since ELSE midnight + interval '24 hours' END AS edge_end
                FROM day CROSS JOIN LATERAL (SELECT pending_since - midnight < interval '12 hours' AS is_before) AS half)
            SELECT asked.provider_id, edge.generation, d.*
            FROM edge
            CROSS JOIN unnest(:providers::uuid[]) AS asked (provider_id)
            CROSS JOIN LATERAL (
                SELECT count(*) AS edge_unanswered FROM inquiry i
                WHERE i.generation = edge.generation AND i.provider_id = asked.provider_id AND i.responded_at IS NULL AND i.excused_at IS NULL
                  AND i.opened_at >= edge_from AND i.opened_at < edge_end) AS counted
            LEFT JOIN LATERAL (%%s) AS d ON true
            """.formatted(Generations.LIVE);

    private static final String DAY = """
            SELECT inquiries, answered, answered_late, excused_by_platform, excused_by_provider, response_micros,
                   response_times, day,
                   CASE WHEN day < edge_day THEN 0
                        WHEN day > edge_day THEN open
                        WHEN is_before THEN open - edge_unanswered
                        ELSE edge_unanswered END AS pending
            FROM daily_metrics
            CROSS JOIN LATERAL (
                SELECT inquiries - answered - answered_late - excused_by_platform - excused_by_provider AS open) AS still
            WHERE generation = edge.generation AND provider_id = asked.provider_id
              AND day > edge.day_before AND day <= :today::date
            OFFSET 0
            """;

    private static final String DAYS = WINDOW.formatted(DAY);

    /** A row for each provider: with many providers, reading their days would take most of the time. */
    private static final String SUMS = WINDOW.formatted("""
            SELECT sum(inquiries)::bigint, sum(answered)::bigint, sum(answered_late)::bigint, sum(excused_by_platform)::bigint,
                   sum(excused_by_provider)::bigint, sum(response_micros)::bigint, array_agg(response_times), sum(pending)::bigint
            FROM (%s) AS days
            """.formatted(DAY));

    private static final int FIRST_COUNT = 3;
    private static final int RESPONSE_TIMES = FIRST_COUNT + 6;

    private static final String INQUIRIES = """
            SELECT live.*, i.provider_id, i.opened_at, i.conversation_id, i.initial_message_id, i.client_id,
                   i.response_message_id, i.responded_at, i.asked_at, i.excused_by, i.excuse_reason, i.excused_at
            FROM %s
            JOIN inquiry i ON i.generation = live.generation
            CROSS JOIN LATERAL (
                SELECT live.answer_within_micros * interval '1 microsecond' AS answer_within,
                       live.horizon_micros * interval '1 microsecond' AS horizon,
                       coalesce(i.responded_at, i.excused_at) IS NULL AS is_open) AS rule
            WHERE i.provider_id = :provider
              AND i.opened_at >= (:today::date - live.window_days + 1)::timestamp AT TIME ZONE 'UTC'
              AND i.opened_at < (:today::date + 1)::timestamp AT TIME ZONE 'UTC'
              AND (i.opened_at, i.conversation_id, i.initial_message_id, i.client_id)
                  < (:openedAt, :conversation, :message, :client)
              AND CASE :outcome
                      WHEN 'ANSWERED' THEN i.responded_at <= i.opened_at + rule.answer_within
                      WHEN 'ANSWERED_LATE' THEN i.responded_at > i.opened_at + rule.answer_within
                      WHEN 'EXCUSED' THEN i.excused_at IS NOT NULL
                      WHEN 'PENDING' THEN rule.is_open AND i.opened_at >= :now - rule.answer_within
                      WHEN 'OVERDUE' THEN rule.is_open AND i.opened_at < :now - rule.answer_within
                                          AND i.opened_at >= :now - rule.horizon
                      WHEN 'NO_RESPONSE' THEN rule.is_open AND i.opened_at < :now - rule.horizon
                      ELSE true
                  END
            ORDER BY i.opened_at DESC, i.conversation_id DESC, i.initial_message_id DESC, i.client_id DESC
            LIMIT :limit
            """.formatted(Generations.LIVE);

    private final JdbcClient jdbc;

    LiveTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The sums of a provider's window.
     *
     * @param generation the live one's number
     * @param pending how many inquiries can still be answered in time
     */
    public record WindowSums(int generation, DailyCounts counts, long pending) {}

    /** The sums of each provider's window at {@code now}, by provider. */
    public Map<UUID, WindowSums> sums(Collection<UUID> providerIds, Instant now) {
        Map<UUID, WindowSums> sums = new HashMap<>();
        window(SUMS, providerIds, now).query(row -> {
            sums.put(row.getObject("provider_id", UUID.class), sums(row));
        });
        return sums;
    }

    private static WindowSums sums(ResultSet row) throws SQLException {
        ResponseTimes times = new ResponseTimes();
        Array encoded = row.getArray(RESPONSE_TIMES);
        if (encoded != null) {
            for (byte[] day : (byte[][]) encoded.getArray()) {
                times.addAll(ResponseTimes.decode(day));
            }
        }
        return new WindowSums(
                row.getInt("generation"),
                DailyMetrics.counts(row, FIRST_COUNT, times),
                row.getLong(RESPONSE_TIMES + 1));
    }

    /** A UTC day's counts, and how many of its inquiries can still be answered in time. */
    public record DayCounts(DailyCounts counts, long pending) {

        /** Those of a day without inquiries. */
        public static final DayCounts NONE = new DayCounts(new DailyCounts(), 0);
    }

    /** The UTC days of a provider's window; those without inquiries are left out. */
    public record ProviderDays(int generation, Map<LocalDate, DayCounts> days) {}

    /** The days of a provider's window at {@code now}; an unknown provider has none. */
    public ProviderDays days(UUID providerId, Instant now) {
        Map<LocalDate, DayCounts> days = new HashMap<>();
        List<Integer> generations = window(DAYS, List.of(providerId), now)
                .query((row, number) -> {
                    LocalDate day = row.getObject("day", LocalDate.class);
                    if (day != null) {
                        days.put(day, new DayCounts(DailyMetrics.counts(row, FIRST_COUNT), row.getLong("pending")));
                    }
                    return row.getInt("generation");
                })
                .list();
        return new ProviderDays(generations.get(0), days);
    }

    private JdbcClient.StatementSpec window(String sql, Collection<UUID> providerIds, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return jdbc.sql(sql)
                .param("now", at)
                .param("today", at.toLocalDate())
                .param(
                        "providers",
                        ArrayParameters.uuids(providerIds.stream().distinct().toList(), id -> id));
    }

    /** An inquiry, and the rules it was measured by. */
    public record LiveInquiry(Inquiry inquiry, Ruleset ruleset) {}

    /**
     * At most {@code limit} inquiries of a provider's window at {@code now}, newest first, after the one that {@code after} names by
     * when it opened, conversation, initial message and client.
     *
     * @param outcome only inquiries with this outcome at {@code now}; null for all
     */
    public List<LiveInquiry> inquiries(
            UUID providerId, @Nullable Outcome outcome, Cursor after, int limit, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return jdbc.sql(INQUIRIES)
                .param("provider", providerId)
                .param("today", at.toLocalDate())
                .param("now", at)
                .param("openedAt", after.at().atOffset(ZoneOffset.UTC))
                .param("conversation", after.ids().get(0))
                .param("message", after.ids().get(1))
                .param("client", after.ids().get(2))
                .param("outcome", outcome == null ? "" : outcome.name())
                .param("limit", limit)
                .query((row, number) -> new LiveInquiry(
                        Inquiries.inquiry(row), Generations.generation(row).ruleset()))
                .list();
    }
}
