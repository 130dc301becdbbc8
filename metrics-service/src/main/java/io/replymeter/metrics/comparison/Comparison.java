package io.replymeter.metrics.comparison;

import io.replymeter.metrics.comparison.Verifications.ComparisonResult;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.retention.Retention;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Compares a rebuilt generation with the live one, layer by layer, in one snapshot. Thread-safe. */
@Component
public class Comparison {

    private final Clock clock;

    Comparison(Clock clock) {
        this.clock = clock;
    }

    /** Takes seconds for a million messages; the snapshot stays open. */
    public ComparisonResult compare(
            Snapshot snapshot, Generation live, Generation rebuilt, TopicBeginning beginning, Duration validFor)
            throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long begun = System.nanoTime();
        ComparedGenerations pair = new ComparedGenerations(
                snapshot.connection(), live, rebuilt, now, since(live, rebuilt, now), beginning);
        Differences differences = new Differences();
        snapshot.readWholeTables();
        new ConversationComparison(pair, differences).run();
        new InquiryComparison(pair, differences).run();
        new ProviderComparison(pair, differences).run();
        return new ComparisonResult(
                new Verification(
                        now,
                        now.plus(validFor),
                        null,
                        pair.since(),
                        snapshot.offsets(),
                        differences.countedProviders(),
                        differences.counts(),
                        differences.largest(),
                        differences.count(),
                        differences.countBeganBeforeTopic(),
                        snapshot.liveWaited().toMillis(),
                        Duration.ofNanos(System.nanoTime() - begun).toMillis()),
                differences.providers(),
                differences.rows());
    }

    /** The first day that no clean-up has reached yet, whichever instance's clock it went by. */
    private static LocalDate since(Generation live, Generation rebuilt, Instant now) {
        Instant latest = now.plus(Watermark.CLOCK_DIFFERENCE);
        LocalDate ofLive = Retention.firstDayKept(live.ruleset(), latest);
        LocalDate ofRebuilt = Retention.firstDayKept(rebuilt.ruleset(), latest);
        return ofLive.isAfter(ofRebuilt) ? ofLive : ofRebuilt;
    }
}
