package io.replymeter.metrics.provider;

import static java.util.Objects.requireNonNull;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Outcome;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.problem.Problems.BadRequest;
import io.replymeter.metrics.provider.ProviderInquiriesQuery.ProviderInquiry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The metrics as numbers, for services (scope {@code metrics:read}); words are the caller's business. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Response metrics")
class ProviderMetricsController {

    private static final int MOST_PROVIDERS = 100;
    private static final int MOST_INQUIRIES = 200;

    private final ProviderMetricsQuery metrics;
    private final ProviderInquiriesQuery inquiries;
    private final Clock clock;

    ProviderMetricsController(ProviderMetricsQuery metrics, ProviderInquiriesQuery inquiries, Clock clock) {
        this.metrics = metrics;
        this.inquiries = inquiries;
        this.clock = clock;
    }

    @Operation(
            summary = "One provider's response metrics",
            description = "This service knows no users: an unknown provider has INSUFFICIENT_DATA and a sample of 0.")
    @GetMapping("/providers/{providerId}/response-metrics")
    ProviderMetrics one(@PathVariable UUID providerId) {
        return metrics.metrics(List.of(providerId)).get(0);
    }

    record Many(List<ProviderMetrics> metrics) {}

    @Operation(summary = "The response metrics of up to 100 providers, in the order asked")
    @GetMapping("/response-metrics")
    Many many(@RequestParam("providerId") List<UUID> providerIds) {
        if (providerIds.size() > MOST_PROVIDERS) {
            throw new BadRequest(
                    "too-many-providers",
                    "At most " + MOST_PROVIDERS + " providers can be asked for at once: send several requests.");
        }
        return new Many(metrics.metrics(providerIds));
    }

    /** A UTC day's inquiries; {@code unanswered} includes pending ones, the average is null without a response. */
    record Day(
            LocalDate date,
            long inquiries,
            long answered,
            long answeredLate,
            long unanswered,
            @Nullable Double averageResponseTimeSeconds) {

        static Day of(LocalDate date, DailyCounts counts) {
            long responses = counts.answered() + counts.answeredLate();
            return new Day(
                    date,
                    counts.inquiries(),
                    counts.answered(),
                    counts.answeredLate(),
                    counts.open(),
                    responses == 0 ? null : Micros.seconds((double) counts.responseMicros() / responses));
        }
    }

    record Daily(UUID providerId, List<Day> days) {}

    @Operation(summary = "A provider's counts of each UTC day of the window, oldest first")
    @GetMapping("/providers/{providerId}/response-metrics/daily")
    Daily daily(@PathVariable UUID providerId) {
        Instant now = clock.instant();
        ProviderMetricsQuery.Days its =
                requireNonNull(metrics.days(List.of(providerId), now).get(providerId));
        Ruleset ruleset = metrics.generation(its).ruleset();
        List<Day> days = ruleset.firstDay(now)
                .datesUntil(ruleset.lastDay(now).plusDays(1))
                .map(date -> Day.of(date, its.days().getOrDefault(date, new DailyCounts())))
                .toList();
        return new Daily(providerId, days);
    }

    /** @param nextCursor null on the last page */
    record Inquiries(
            List<ProviderInquiry> inquiries, @Nullable String nextCursor) {}

    @Operation(
            summary = "The inquiries that make a provider's numbers, newest first",
            description = "Each with its outcome as of now. Follow nextCursor until it is null.")
    @GetMapping("/providers/{providerId}/inquiries")
    Inquiries inquiries(
            @PathVariable UUID providerId,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST_INQUIRIES) {
            throw new BadRequest("limit-out-of-range", "limit is not from 1 to " + MOST_INQUIRIES + ": correct it.");
        }
        List<ProviderInquiry> found = inquiries.page(providerId, outcome, InquiryCursor.parse(cursor), limit + 1);
        if (found.size() <= limit) {
            return new Inquiries(found, null);
        }
        ProviderInquiry last = found.get(limit - 1);
        return new Inquiries(
                found.subList(0, limit),
                new InquiryCursor(last.openedAt(), last.conversationId(), last.initialMessageId()).toString());
    }
}
