package io.replymeter.messaging.profile;

import io.replymeter.messaging.profile.Profiles.Profile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which metrics of a provider somebody sees: the present ones, else the last known, else a word about why none. */
@Component
class ShownMetrics {

    private final MetricsClient metrics;

    ShownMetrics(MetricsClient metrics) {
        this.metrics = metrics;
    }

    /**
     * @param text what a person reads
     * @param numbers the present answer of the metrics API; null if it could not be had
     */
    record View(ResponseMetricsText text, @Nullable ResponseMetrics numbers) {}

    View toThemselves(Profile provider) {
        return view(provider, true);
    }

    /** To others, metrics that a provider hides are told as if there were no data: in the same words, after the same work. */
    ResponseMetricsText toOthers(Profile provider) {
        return view(provider, provider.showResponseMetrics()).text();
    }

    private View view(Profile provider, boolean shown) {
        Optional<ResponseMetrics> present = metrics.of(provider.id());
        MetricsSummary summary = present.map(ResponseMetrics::summary).orElse(provider.lastKnown());
        return new View(text(summary, shown, present.isEmpty()), present.orElse(null));
    }

    private static ResponseMetricsText text(@Nullable MetricsSummary summary, boolean shown, boolean stale) {
        if (summary == null) {
            return ResponseMetricsText.UNAVAILABLE;
        }
        return shown ? ResponseMetricsText.of(summary, stale) : ResponseMetricsText.noData(summary);
    }
}
