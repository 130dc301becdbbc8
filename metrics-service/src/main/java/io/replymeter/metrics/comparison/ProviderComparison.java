package io.replymeter.metrics.comparison;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.comparison.Differences.RowDifference;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.provider.ProviderMetrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the daily metrics, row by row, and what readers see of each provider, each generation under its own rules. The
 * rows come by provider, so that one provider at a time is in memory.
 */
final class ProviderComparison {

    static final String LAYER = "dailyMetrics";

    private static final String ROWS = """
            SELECT provider_id, day,
                   live.inquiries AS live_inquiries, live.answered AS live_answered,
                   live.answered_late AS live_answered_late, live.response_micros AS live_response_micros,
                   live.response_times AS live_response_times, coalesce(live_pending.pending, 0) AS live_pending,
                   rebuilt.inquiries AS rebuilt_inquiries, rebuilt.answered AS rebuilt_answered,
                   rebuilt.answered_late AS rebuilt_answered_late, rebuilt.response_micros AS rebuilt_response_micros,
                   rebuilt.response_times AS rebuilt_response_times,
                   coalesce(rebuilt_pending.pending, 0) AS rebuilt_pending
            FROM (SELECT * FROM daily_metrics<live> WHERE day >= ?) AS live
            FULL JOIN (SELECT * FROM daily_metrics<rebuilt> WHERE day >= ?) AS rebuilt USING (provider_id, day)
            LEFT JOIN (
                SELECT provider_id, count(*) AS pending FROM inquiry<live>
                WHERE responded_at IS NULL AND opened_at >= ? AND opened_at < ? GROUP BY provider_id) AS live_pending
                USING (provider_id)
            LEFT JOIN (
                SELECT provider_id, count(*) AS pending FROM inquiry<rebuilt>
                WHERE responded_at IS NULL AND opened_at >= ? AND opened_at < ? GROUP BY provider_id) AS rebuilt_pending
                USING (provider_id)
            ORDER BY provider_id, day
            """;

    private final ComparedGenerations pair;
    private final Differences differences;

    private @Nullable UUID provider;
    private boolean isSame = true;
    private final Map<LocalDate, DailyRow> live = new HashMap<>();
    private final Map<LocalDate, DailyRow> rebuilt = new HashMap<>();
    private long livePending;
    private long rebuiltPending;

    ProviderComparison(ComparedGenerations pair, Differences differences) {
        this.pair = pair;
        this.differences = differences;
    }

    void run() throws SQLException {
        pair.read(
                ROWS,
                this::take,
                pair.firstDayRead(),
                pair.firstDayRead(),
                pendingSince(pair.live()),
                pendingUntil(),
                pendingSince(pair.rebuilt()),
                pendingUntil());
        endProvider();
    }

    /** What can still be answered in time, and lies in the window. */
    private OffsetDateTime pendingSince(Generation generation) {
        Ruleset ruleset = generation.ruleset();
        OffsetDateTime window = ruleset.firstDay(pair.now()).atStartOfDay().atOffset(ZoneOffset.UTC);
        OffsetDateTime inTime = pair.now().minus(ruleset.answerWithin()).atOffset(ZoneOffset.UTC);
        return inTime.isBefore(window) ? window : inTime;
    }

    private OffsetDateTime pendingUntil() {
        return LocalDate.ofInstant(pair.now(), ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC);
    }

    private void take(ResultSet row) throws SQLException {
        UUID its = row.getObject("provider_id", UUID.class);
        if (!its.equals(provider)) {
            endProvider();
            provider = its;
            livePending = row.getLong("live_pending");
            rebuiltPending = row.getLong("rebuilt_pending");
            isSame = livePending == rebuiltPending && pair.haveTheSameRules();
        }
        LocalDate day = row.getObject("day", LocalDate.class);
        DailyRow liveRow = DailyRow.read(row, "live_");
        DailyRow rebuiltRow = DailyRow.read(row, "rebuilt_");
        live.put(day, liveRow);
        rebuilt.put(day, rebuiltRow);
        if (!liveRow.isSameAs(rebuiltRow)) {
            isSame = false;
            report(its, day, liveRow, rebuiltRow);
        }
        if (!day.isBefore(pair.since())) {
            differences.compared(LAYER, 1);
        }
    }

    private void report(UUID its, LocalDate day, DailyRow liveRow, DailyRow rebuiltRow) {
        if (!day.isBefore(pair.since())) {
            differences.add(new RowDifference(
                    LAYER,
                    "provider " + its + ", day " + day,
                    liveRow.text(),
                    rebuiltRow.text(),
                    differences.isCausedBeforeTopic(its)));
        }
    }

    private void endProvider() {
        if (provider == null) {
            return;
        }
        differences.comparedProvider();
        if (!isSame) {
            ProviderNumbers before = numbers(provider, pair.live(), live, livePending);
            ProviderNumbers after = numbers(provider, pair.rebuilt(), rebuilt, rebuiltPending);
            if (!before.equals(after)) {
                differences.add(provider, before, after);
            }
        }
        live.clear();
        rebuilt.clear();
    }

    private ProviderNumbers numbers(UUID its, Generation generation, Map<LocalDate, DailyRow> days, long pending) {
        Ruleset ruleset = generation.ruleset();
        DailyCounts sum = new DailyCounts();
        days.forEach((day, row) -> {
            if (!day.isBefore(ruleset.firstDay(pair.now())) && !day.isAfter(ruleset.lastDay(pair.now()))) {
                row.addTo(sum);
            }
        });
        return ProviderNumbers.of(ProviderMetrics.of(its, generation, sum, pending, pair.now(), null));
    }
}
