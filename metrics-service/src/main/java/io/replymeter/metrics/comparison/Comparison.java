package io.replymeter.metrics.comparison;

import io.replymeter.metrics.comparison.ComparedTables.TableSet;
import io.replymeter.metrics.comparison.Verifications.ComparisonResult;
import io.replymeter.metrics.generation.Generation;
import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.retention.Retention;
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
            Snapshot snapshot, Generation live, Generation rebuilt, TopicBeginning beginning, Duration validFor) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long begun = System.nanoTime();
        ComparedTables tables = new ComparedTables(
                snapshot.jdbc(), TableSet.of(live), TableSet.of(rebuilt), now, since(live, rebuilt, now), beginning);
        ComparedTables.planForWholeTables(snapshot.operations());
        Differences differences = new Differences();
        new ConversationComparison(tables, differences).run();
        new InquiryComparison(tables, differences).run();
        new DailyMetricsComparison(tables, differences).run();
        return new ComparisonResult(
                new Verification(
                        now,
                        now.plus(validFor),
                        null,
                        tables.since(),
                        snapshot.offsets(),
                        differences.countedProviders(),
                        differences.countedRows(),
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
