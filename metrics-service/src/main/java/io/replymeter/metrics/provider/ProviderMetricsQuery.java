package io.replymeter.metrics.provider;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Excuse;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Outcome;
import io.replymeter.measurement.ResponseMetrics;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.generation.Generations;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.provider.ProviderMetrics.Share;
import io.replymeter.metrics.tables.LiveTables;
import io.replymeter.metrics.tables.LiveTables.DayCounts;
import io.replymeter.metrics.tables.LiveTables.ProviderDays;
import io.replymeter.metrics.tables.LiveTables.WindowSums;
import io.replymeter.web.Cursor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns the live generation's rows into metrics and inquiries as of now. Thread-safe. */
@Component
class ProviderMetricsQuery {

    private static final double MEDIAN = 0.5;

    private final LiveTables tables;
    private final Generations generations;
    private final Watermark watermark;
    private final Clock clock;
    /** The rules of a generation never change. */
    private final Map<Integer, Generation> known = new ConcurrentHashMap<>();

    ProviderMetricsQuery(LiveTables tables, Generations generations, Watermark watermark, Clock clock) {
        this.tables = tables;
        this.generations = generations;
        this.watermark = watermark;
        this.clock = clock;
    }

    /**
     * The metrics of each of {@code providerIds}, in their order. An unknown provider has no inquiries.
     *
     * @param within times for which the share of responses within is told
     */
    List<ProviderMetrics> metrics(List<UUID> providerIds, List<Duration> within) {
        // Read before the numbers, so that it never claims more than they hold.
        Map<Integer, Instant> lastUpdated = watermark.known();
        Instant now = now();
        Map<UUID, WindowSums> sums = tables.sums(providerIds, now);
        return providerIds.stream()
                .map(id -> metrics(id, requireNonNull(sums.get(id)), within, now, lastUpdated))
                .toList();
    }

    private ProviderMetrics metrics(
            UUID id, WindowSums sums, List<Duration> within, Instant now, Map<Integer, Instant> lastUpdated) {
        Generation generation = generation(sums.generation());
        DailyCounts counts = sums.counts();
        ResponseMetrics metrics = ResponseMetrics.of(counts, sums.pending(), generation.ruleset());
        List<Share> shares = within.stream()
                .map(time -> Share.of(time, metrics, counts, generation.ruleset()))
                .toList();
        return ProviderMetrics.of(id, generation, metrics, shares, now, lastUpdated.get(generation.number()));
    }

    /** Each UTC day of the provider's window, oldest first. */
    List<Day> daily(UUID providerId) {
        Instant now = now();
        ProviderDays days = tables.days(providerId, now);
        Ruleset ruleset = generation(days.generation()).ruleset();
        return ruleset.firstDay(now)
                .datesUntil(ruleset.lastDay(now).plusDays(1))
                .map(date -> Day.of(date, days.days().getOrDefault(date, DayCounts.NONE)))
                .toList();
    }

    /** How long the responses of the provider's window took. */
    Distribution distribution(UUID providerId) {
        WindowSums sums = requireNonNull(tables.sums(List.of(providerId), now()).get(providerId));
        return Distribution.of(
                providerId, sums.counts(), generation(sums.generation()).ruleset());
    }

    private Generation generation(int number) {
        return known.computeIfAbsent(number, generations::get);
    }

    /** At most {@code limit} inquiries of the provider's window after {@code after}, newest first. */
    List<ProviderInquiry> inquiries(UUID providerId, @Nullable Outcome outcome, Cursor after, int limit) {
        Instant now = now();
        return tables.inquiries(providerId, outcome, after, limit, now).stream()
                .map(live -> ProviderInquiry.of(live.inquiry(), live.ruleset(), now))
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * A UTC day's inquiries; {@code unanswered} includes the {@code pending} ones, {@code excused} those beyond the allowance,
     * and the times are null without a response.
     */
    record Day(
            LocalDate date,
            long inquiries,
            long answered,
            long answeredLate,
            long unanswered,
            long pending,
            long excused,
            @Nullable Double averageResponseTimeSeconds,
            @Nullable Double medianResponseTimeSeconds) {

        private static Day of(LocalDate date, DayCounts day) {
            DailyCounts counts = day.counts();
            long responses = counts.answered() + counts.answeredLate();
            OptionalDouble median = counts.responseTimes().percentile(MEDIAN);
            return new Day(
                    date,
                    counts.inquiries(),
                    counts.answered(),
                    counts.answeredLate(),
                    counts.open(),
                    day.pending(),
                    counts.excusedByPlatform() + counts.excusedByProvider(),
                    responses == 0 ? null : Micros.seconds((double) counts.responseMicros() / responses),
                    median.isEmpty() ? null : Micros.seconds(median.getAsDouble()));
        }
    }

    /**
     * An inquiry with its outcome as of now. Times are UTC; the response's fields are null while there is none, the excuse's
     * if it was not excused.
     *
     * @param askedAt when the client wrote
     * @param openedAt when the clock started (rule 3)
     * @param answerBy until when a response is still in time; null unless the inquiry is pending
     */
    record ProviderInquiry(
            UUID conversationId,
            UUID clientId,
            UUID initialMessageId,
            Instant askedAt,
            Instant openedAt,
            @Nullable Instant answerBy,
            @Nullable UUID responseMessageId,
            @Nullable Instant respondedAt,
            @Nullable Double responseTimeSeconds,
            Excuse.@Nullable By excusedBy,
            Excuse.@Nullable Reason excuseReason,
            @Nullable Instant excusedAt,
            Outcome outcome) {

        private static ProviderInquiry of(Inquiry inquiry, Ruleset ruleset, Instant now) {
            boolean answered = inquiry.isAnswered();
            Excuse excuse = inquiry.excuse();
            Outcome outcome = Outcome.of(inquiry, ruleset, now);
            Instant openedAt = Micros.instant(inquiry.openedAt());
            return new ProviderInquiry(
                    inquiry.conversationId(),
                    inquiry.clientId(),
                    inquiry.initialMessageId(),
                    Micros.instant(inquiry.askedAt()),
                    openedAt,
                    outcome == Outcome.PENDING ? openedAt.plus(ruleset.answerWithin()) : null,
                    inquiry.responseMessageId(),
                    answered ? Micros.instant(inquiry.respondedAt()) : null,
                    answered ? Micros.seconds(inquiry.responseTime()) : null,
                    excuse == null ? null : excuse.by(),
                    excuse == null ? null : excuse.reason(),
                    excuse == null ? null : Micros.instant(excuse.excusedAt()),
                    outcome);
        }
    }
}
