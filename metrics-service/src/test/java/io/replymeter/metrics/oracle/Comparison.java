package io.replymeter.metrics.oracle;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replymeter.metrics.oracle.Shown.ExactMetrics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds all that the REST API shows of some providers against an oracle. */
final class Comparison {

    private static final double PERCENTILE_ERROR = 0.02;
    private static final double MICROSECOND = 1e-6;
    private static final int MOST_PROVIDERS = 100;
    private static final Comparator<Shown.Inquiry> NEWEST_FIRST = comparing(Shown.Inquiry::openedAt)
            // The texts of ids sort as the unsigned numbers do.
            .thenComparing(inquiry -> inquiry.conversationId().toString())
            .thenComparing(inquiry -> inquiry.initialMessageId().toString())
            .reversed();

    private final Oracle oracle;
    private final List<UUID> providers;
    private final MetricsApi api;
    private final TestClock clock;

    /** Of all providers that the oracle knows, and one that it does not. */
    Comparison(Oracle oracle, MetricsApi api, TestClock clock) {
        this.oracle = oracle;
        this.api = api;
        this.clock = clock;
        this.providers = Stream.concat(
                        oracle.inquiries().stream().map(ExpectedInquiry::providerId), Stream.of(new UUID(4, 4)))
                .distinct()
                .toList();
    }

    /** Metrics, days and inquiries, seen at {@code now}. */
    void holdsAt(Instant now) {
        metricsHoldAt(now);
        providers.forEach(provider -> {
            assertThat(api.days(provider))
                    .as("days of %s at %s", provider, now)
                    .isEqualTo(oracle.days(provider, now).stream()
                            .map(Shown.Day::of)
                            .toList());
            assertThat(api.inquiries(provider))
                    .as("inquiries of %s at %s", provider, now)
                    .isEqualTo(inquiries(provider, now).toList());
        });
    }

    /** Metrics, seen at {@code now}. */
    void metricsHoldAt(Instant now) {
        clock.set(now);
        for (int from = 0; from < providers.size(); from += MOST_PROVIDERS) {
            metricsHold(providers.subList(from, Math.min(providers.size(), from + MOST_PROVIDERS)), now);
        }
    }

    /** Each outcome's inquiries, seen at {@code now}. */
    void holdsByOutcomeAt(Instant now) {
        clock.set(now);
        for (UUID provider : providers) {
            for (Outcome outcome : Outcome.values()) {
                assertThat(api.inquiries(provider, outcome))
                        .as("%s inquiries of %s at %s", outcome, provider, now)
                        .isEqualTo(inquiries(provider, now)
                                .filter(inquiry -> inquiry.outcome() == outcome)
                                .toList());
            }
        }
    }

    private void metricsHold(List<UUID> providers, Instant now) {
        List<Shown.Metrics> shown = api.metrics(providers);
        assertThat(shown)
                .as("metrics at %s", now)
                .extracting(Shown.Metrics::exact)
                .isEqualTo(providers.stream()
                        .map(provider -> ExactMetrics.of(provider, oracle.metrics(provider, now)))
                        .toList());
        for (Shown.Metrics metrics : shown) {
            ExpectedMetrics expected = oracle.metrics(metrics.providerId(), now);
            percentileHolds(metrics.medianResponseTimeSeconds(), expected.medianSeconds(), metrics);
            percentileHolds(metrics.p90ResponseTimeSeconds(), expected.p90Seconds(), metrics);
        }
    }

    private static void percentileHolds(@Nullable Double shown, @Nullable BigDecimal expected, Shown.Metrics metrics) {
        if (expected == null) {
            assertThat(shown).as("percentile of %s", metrics).isNull();
            return;
        }
        double exact = expected.doubleValue();
        assertThat(shown)
                .as("percentile of %s", metrics)
                .isCloseTo(exact, within(PERCENTILE_ERROR * exact + MICROSECOND));
    }

    private Stream<Shown.Inquiry> inquiries(UUID provider, Instant now) {
        return oracle.window(provider, now)
                .map(inquiry -> Shown.Inquiry.of(inquiry, oracle.outcome(inquiry, now)))
                .sorted(NEWEST_FIRST);
    }
}
