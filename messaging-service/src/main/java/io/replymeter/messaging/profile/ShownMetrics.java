package io.replymeter.messaging.profile;

import io.replymeter.messaging.profile.Profiles.Profile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The metrics of a provider that somebody sees: the current ones, else the last known, else a note why there are none. */
@Component
class ShownMetrics {

    private final MetricsClient metrics;

    ShownMetrics(MetricsClient metrics) {
        this.metrics = metrics;
    }

    /**
     * @param text what a person reads
     * @param numbers the current answer of the metrics API; null if it could not be read
     */
    record View(ResponseMetricsText text, @Nullable ResponseMetrics numbers) {}

    View toThemselves(Profile provider) {
        return view(provider, true);
    }

    /** Hidden metrics look to others as if there were no data: the same words, after the same work. */
    ResponseMetricsText toOthers(Profile provider) {
        return view(provider, provider.showResponseMetrics()).text();
    }

    private View view(Profile provider, boolean shown) {
        Optional<ResponseMetrics> current = metrics.of(provider.id());
        MetricsSummary summary = current.map(ResponseMetrics::summary).orElse(provider.lastKnown());
        return new View(text(summary, shown, current.isEmpty()), current.orElse(null));
    }

    private static ResponseMetricsText text(@Nullable MetricsSummary summary, boolean shown, boolean stale) {
        if (summary == null) {
            return ResponseMetricsText.UNAVAILABLE;
        }
        return shown ? ResponseMetricsText.of(summary, stale) : ResponseMetricsText.noData(summary);
    }
}
