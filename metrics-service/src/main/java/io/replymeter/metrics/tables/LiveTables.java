package io.replymeter.metrics.tables;

import static io.replymeter.jdbc.TimeColumns.instant;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Outcome;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
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
     * A provider without a row in the window still has one, without a day. The pending inquiries are the unanswered ones
     * since {@code pending_since}. The daily rows count those of whole days; of the day on which {@code pending_since}
     * lies, {@code edge_unanswered} counts the shorter part, before that moment or after it.
     */
    // OFFSET 0 keeps the planner from joining the other way round: a range for each provider, never a scan.
    private static final String DAYS = """
            WITH pending AS (
                SELECT *, greatest(
                        :now::timestamptz - answer_within_micros * interval '1 microsecond',
                        (:today::date - window_days + 1)::timestamp AT TIME ZONE 'UTC') AS pending_since
                FROM %s),
            day AS (
                SELECT *, date_trunc('day', pending_since, 'UTC') AS midnight FROM pending),
            edge AS (
                SELECT *, pending_since - midnight < interval '12 hours' AS is_before FROM day)
            SELECT edge.generation, edge.pending_since, asked.provider_id, edge_unanswered,
                   d.day, d.inquiries, d.answered, d.answered_late, d.excused_by_platform, d.excused_by_provider, d.response_micros, d.response_times
            FROM edge
            CROSS JOIN unnest(:providers::uuid[]) AS asked (provider_id)
            CROSS JOIN LATERAL (
                SELECT count(*) AS edge_unanswered FROM inquiry i
                WHERE i.generation = edge.generation AND i.provider_id = asked.provider_id AND i.responded_at IS NULL AND i.excused_at IS NULL
                  AND i.opened_at >= CASE WHEN is_before THEN midnight ELSE pending_since END
                  AND i.opened_at < CASE WHEN is_before THEN pending_since ELSE midnight + interval '24 hours' END
                ) AS counted
            LEFT JOIN LATERAL (
                SELECT * FROM daily_metrics
                WHERE generation = edge.generation AND provider_id = asked.provider_id
                  AND day > :today::date - edge.window_days AND day <= :today::date
                OFFSET 0) AS d ON true
            """.formatted(Generations.LIVE);

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

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final JdbcClient jdbc;

    LiveTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The UTC days of a provider's window; days without inquiries are left out.
     *
     * @param generation the live one's number
     * @param pendingSince an unanswered inquiry is pending if it was opened then or later
     * @param edgeUnanswered the unanswered inquiries of the UTC day of {@code pendingSince}: those opened before it if it
     *     lies in the day's first half, else those opened from it on
     */
    public record ProviderDays(
            int generation, Instant pendingSince, long edgeUnanswered, Map<LocalDate, DailyCounts> days) {

        /** The counts of the whole window. */
        public DailyCounts sum() {
            DailyCounts sum = new DailyCounts();
            days.values().forEach(sum::addAll);
            return sum;
        }

        /** How many inquiries can still be answered in time. */
        public long pending() {
            return days.keySet().stream().mapToLong(this::pending).sum();
        }

        /** How many of the inquiries that were opened on this UTC day can still be answered in time. */
        public long pending(LocalDate day) {
            LocalDate edge = LocalDate.ofInstant(pendingSince, ZoneOffset.UTC);
            long open = days.getOrDefault(day, new DailyCounts()).open();
            if (!day.equals(edge)) {
                return day.isAfter(edge) ? open : 0;
            }
            Instant midnight = edge.atStartOfDay(ZoneOffset.UTC).toInstant();
            boolean isBefore = Duration.between(midnight, pendingSince).compareTo(HALF_A_DAY) < 0;
            return isBefore ? open - edgeUnanswered : edgeUnanswered;
        }
    }

    /** The days of each provider's window at {@code now}, by provider; an unknown provider has none. */
    public Map<UUID, ProviderDays> days(Collection<UUID> providerIds, Instant now) {
        Map<UUID, ProviderDays> days = new LinkedHashMap<>();
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        jdbc.sql(DAYS)
                .param("now", at)
                .param("today", at.toLocalDate())
                .param(
                        "providers",
                        ArrayParameters.uuids(providerIds.stream().distinct().toList(), id -> id))
                .query(row -> {
                    add(row, days);
                });
        return days;
    }

    private static void add(ResultSet row, Map<UUID, ProviderDays> all) throws SQLException {
        UUID providerId = row.getObject("provider_id", UUID.class);
        ProviderDays provider = all.get(providerId);
        if (provider == null) {
            provider = new ProviderDays(
                    row.getInt("generation"),
                    instant(row, "pending_since"),
                    row.getLong("edge_unanswered"),
                    new LinkedHashMap<>());
            all.put(providerId, provider);
        }
        LocalDate day = row.getObject("day", LocalDate.class);
        if (day != null) {
            provider.days().put(day, DailyMetrics.counts(row));
        }
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
