package io.replymeter.messaging.profile;

import io.replymeter.logging.ErrorLog;
import io.replymeter.metrics.client.MetricsApi;
import io.replymeter.metrics.client.ResponseMetrics;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Refreshes the cached metrics: within 5 seconds of a message that made them stale, and all of them hourly. */
@Component
class MetricsRefresh {

    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(MetricsRefresh.class));

    private final MetricsCache cache;
    private final MetricsClient metrics;

    MetricsRefresh(MetricsCache cache, MetricsClient metrics) {
        this.cache = cache;
        this.metrics = metrics;
    }

    @Scheduled(fixedDelayString = "${replymeter.metrics-api.look-for-stale-every:500ms}")
    void refresh() {
        try {
            boolean more = true;
            while (more) {
                more = refreshNext();
            }
        } catch (RuntimeException e) {
            errors.report("The cached metrics could not be refreshed; the next attempt follows at once", e);
        }
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void mendTimesAhead() {
        try {
            cache.mendTimesAhead();
        } catch (RuntimeException e) {
            errors.report("Times that lie ahead could not be mended; the next attempt follows in 10 seconds", e);
        }
    }

    /** Stale answers come first, however many others are due. Returns whether there may be more. */
    private boolean refreshNext() {
        cache.collectMarks();
        if (metrics.isAway()) {
            return false;
        }
        boolean moreStale = refresh(cache.claimStale());
        boolean moreDue = refresh(cache.claimDue());
        return moreStale || moreDue;
    }

    private boolean refresh(List<UUID> claimed) {
        if (claimed.isEmpty()) {
            return false;
        }
        List<ResponseMetrics> answers = metrics.of(claimed);
        cache.record(answers);
        return answers.size() == MetricsApi.MOST_PROVIDERS;
    }
}
