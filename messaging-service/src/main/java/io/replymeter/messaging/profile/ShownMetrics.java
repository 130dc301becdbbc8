package io.replymeter.messaging.profile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replymeter.messaging.profile.Profiles.Profile;
import io.replymeter.messaging.words.Words;
import io.replymeter.metrics.client.ResponseMetrics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The metrics of a provider that somebody sees: the current ones, else the last known, else a note why there are none. */
@Component
class ShownMetrics {

    private final MetricsClient metrics;
    private final Counter current;
    private final Counter cached;
    private final Counter unavailable;

    ShownMetrics(MetricsClient metrics, MeterRegistry meters) {
        this.metrics = metrics;
        this.current = views("current", meters);
        this.cached = views("cached", meters);
        this.unavailable = views("unavailable", meters);
    }

    private static Counter views(String answer, MeterRegistry meters) {
        return Counter.builder("replymeter.profile.views")
                .description("Views of a provider's metrics: current ones, the last known, or none at all")
                .tag("metrics", answer)
                .register(meters);
    }

    /**
     * @param text what a person reads
     * @param numbers the current answer of the metrics API; null if it could not be read
     */
    record View(ResponseMetricsText text, @Nullable ResponseMetrics numbers) {}

    View toThemselves(Profile provider, Words words) {
        return view(provider, true, words);
    }

    /** Hidden metrics look to others as if there were no data: the same words, after the same work. */
    ResponseMetricsText toOthers(Profile provider, Words words) {
        return view(provider, provider.showResponseMetrics(), words).text();
    }

    /** The same words from the last known answer, without asking for the current one. */
    ResponseMetricsText lastKnownToOthers(Profile provider, Words words) {
        return text(provider.lastKnown(), provider.showResponseMetrics(), false, words);
    }

    private View view(Profile provider, boolean shown, Words words) {
        Optional<ResponseMetrics> numbers = metrics.of(provider.id());
        MetricsSummary summary = numbers.map(MetricsSummary::of).orElse(provider.lastKnown());
        (numbers.isPresent() ? current : summary != null ? cached : unavailable).increment();
        return new View(text(summary, shown, numbers.isEmpty(), words), numbers.orElse(null));
    }

    private static ResponseMetricsText text(
            @Nullable MetricsSummary summary, boolean shown, boolean stale, Words words) {
        if (summary == null) {
            return ResponseMetricsText.unavailable(words);
        }
        return shown ? ResponseMetricsText.of(summary, stale, words) : ResponseMetricsText.noData(summary, words);
    }
}
