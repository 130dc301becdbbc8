package io.replymeter.metrics.provider;

import io.replymeter.measurement.DailyCounts;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How long a provider's responses took, in ranges that double, so that they are equally wide on a logarithmic axis. {@code
 * answerWithin} is always the end of a range, and the responses within it are exactly those answered in time; other ends are
 * those of a histogram, 3.2 % off at most.
 *
 * @param ranges from the shortest to the longest, without gaps
 */
record Distribution(UUID providerId, Duration answerWithin, long responses, List<Range> ranges) {

    /** From 84 seconds on, if {@code answerWithin} is 24 hours. */
    private static final int DOUBLINGS = 10;

    /**
     * The responses that took longer than {@code from}, and at most {@code to}. The first range begins at 0, the last one ends
     * at the horizon.
     */
    record Range(Duration from, Duration to, long responses) {}

    static Distribution of(UUID providerId, DailyCounts counts, Ruleset ruleset) {
        List<Range> ranges = new ArrayList<>();
        Duration from = Duration.ZERO;
        long counted = 0;
        for (Duration to : ends(ruleset)) {
            long within = Math.max(counted, within(to, counts, ruleset));
            ranges.add(new Range(from, to, within - counted));
            from = to;
            counted = within;
        }
        return new Distribution(providerId, ruleset.answerWithin(), counted, ranges);
    }

    private static List<Duration> ends(Ruleset ruleset) {
        List<Duration> ends = new ArrayList<>();
        Duration end = ruleset.answerWithin().dividedBy(1 << DOUBLINGS);
        for (int doubling = 0; doubling <= DOUBLINGS; doubling++) {
            ends.add(end);
            end = doubling == DOUBLINGS - 1 ? ruleset.answerWithin() : end.multipliedBy(2);
        }
        while (end.compareTo(ruleset.horizon()) < 0) {
            ends.add(end);
            end = end.multipliedBy(2);
        }
        if (ruleset.horizon().compareTo(ruleset.answerWithin()) > 0) {
            ends.add(ruleset.horizon());
        }
        return ends;
    }

    private static long within(Duration time, DailyCounts counts, Ruleset ruleset) {
        if (time.equals(ruleset.horizon())) {
            return counts.answered() + counts.answeredLate();
        }
        if (time.equals(ruleset.answerWithin())) {
            return counts.answered();
        }
        long within = counts.responseTimes().countWithin(Micros.of(time));
        return time.compareTo(ruleset.answerWithin()) < 0 ? Math.min(within, counts.answered()) : within;
    }
}
