package io.replymeter.messaging.profile;

import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the cached metrics fresh: those a message made stale within 5 seconds, and all of them hourly. */
@Component
class MetricsRefresh {

    private static final Logger log = LoggerFactory.getLogger(MetricsRefresh.class);

    private final MetricsCache cache;
    private final MetricsClient metrics;

    MetricsRefresh(MetricsCache cache, MetricsClient metrics) {
        this.cache = cache;
        this.metrics = metrics;
    }

    @Scheduled(fixedDelayString = "${replymeter.metrics-api.look-for-stale-every:250ms}")
    void refresh() {
        try {
            boolean more = true;
            while (more) {
                more = refreshNext();
            }
        } catch (DataAccessException e) {
            log.warn("The cached metrics could not be refreshed, and soon will be: {}", e.toString());
        }
    }

    /** Stale ones come first, however many others are due. Returns whether there may be more. */
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
        return answers.size() == MetricsClient.LARGEST_BATCH;
    }
}
