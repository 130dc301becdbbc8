package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.oracle.Inquiry;
import io.replymeter.metrics.oracle.Measurement.Metrics;
import io.replymeter.metrics.oracle.Oracle;
import io.replymeter.metrics.oracle.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;

/** Compares everything that the REST API shows of some providers with an oracle. */
final class Comparison {

    private static final double PERCENTILE_ERROR = 0.02;
    private static final double MICROSECOND = 1e-6;
    private static final int MOST_PROVIDERS = 100;
    private static final BiPredicate<Double, Double> IS_CLOSE = Comparison::isClose;
    private static final RecursiveComparisonConfiguration PERCENTILES_ARE_CLOSE =
            RecursiveComparisonConfiguration.builder()
                    .withEqualsForFields(IS_CLOSE, "medianResponseTimeSeconds", "p90ResponseTimeSeconds")
                    .build();

    private final Oracle oracle;
    private final MetricsApi api;
    private final List<UUID> providers;

    /** Of all providers that the oracle knows, and one that it does not. */
    Comparison(Oracle oracle, MetricsApi api) {
        this.oracle = oracle;
        this.api = api;
        this.providers = Stream.concat(oracle.inquiries().stream().map(Inquiry::providerId), Stream.of(new UUID(4, 4)))
                .distinct()
                .toList();
    }

    /** Metrics, days and inquiries, seen at {@code now}. */
    void holdsAt(Instant now) {
        metricsHoldAt(now);
        for (UUID provider : providers) {
            assertThat(api.days(provider, now))
                    .as("days of %s at %s", provider, now)
                    .isEqualTo(oracle.days(provider, now));
            inquiriesHoldAt(now, provider, null);
        }
    }

    /** Metrics, seen at {@code now}. */
    void metricsHoldAt(Instant now) {
        for (int from = 0; from < providers.size(); from += MOST_PROVIDERS) {
            metricsHoldAt(now, providers.subList(from, Math.min(providers.size(), from + MOST_PROVIDERS)));
        }
    }

    /** Each outcome's inquiries, seen at {@code now}. */
    void holdsByOutcomeAt(Instant now) {
        for (UUID provider : providers) {
            for (Outcome outcome : Outcome.values()) {
                inquiriesHoldAt(now, provider, outcome);
            }
        }
    }

    private void metricsHoldAt(Instant now, List<UUID> providers) {
        List<Metrics> shown = api.metrics(providers, now);
        assertThat(shown).extracting(Metrics::providerId).isEqualTo(providers);
        for (Metrics metrics : shown) {
            assertThat(metrics)
                    .as("metrics of %s at %s", metrics.providerId(), now)
                    .usingRecursiveComparison(PERCENTILES_ARE_CLOSE)
                    .isEqualTo(oracle.metrics(metrics.providerId(), now));
        }
    }

    private void inquiriesHoldAt(Instant now, UUID provider, @Nullable Outcome outcome) {
        assertThat(api.inquiries(provider, outcome, now))
                .as("inquiries of %s at %s, outcome %s", provider, now, outcome)
                .isEqualTo(oracle.inquiries(provider, outcome, now));
    }

    private static boolean isClose(@Nullable Double shown, @Nullable Double exact) {
        if (shown == null || exact == null) {
            return Objects.equals(shown, exact);
        }
        return Math.abs(shown - exact) <= PERCENTILE_ERROR * exact + MICROSECOND;
    }
}
