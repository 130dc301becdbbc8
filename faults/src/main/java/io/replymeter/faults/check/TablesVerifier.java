package io.replymeter.faults.check;

import static io.replymeter.faults.check.Verifier.compare;
import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.replymeter.events.Event;
import io.replymeter.events.MessageDeleted;
import io.replymeter.faults.check.Snapshot.DayRow;
import io.replymeter.faults.check.Snapshot.FactRow;
import io.replymeter.faults.check.Snapshot.Shown;
import io.replymeter.faults.check.Snapshot.Tables;
import io.replymeter.faults.check.Snapshot.TopicRecord;
import io.replymeter.metrics.oracle.Inquiry;
import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Measurement.Metrics;
import io.replymeter.metrics.oracle.Oracle;
import io.replymeter.metrics.oracle.Thresholds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds where the tables of a fed generation, and what readers see, differ from what the oracle says of the topic. */
final class TablesVerifier {

    private static final double PERCENTILE_ERROR = 0.02;
    private static final double MICROSECOND = 1e-6;

    private final Snapshot snapshot;
    private final Oracle oracle;
    private final Set<UUID> deleted;
    private final List<String> findings = new ArrayList<>();

    private TablesVerifier(Snapshot snapshot, Map<TopicRecord, Event> events) {
        this.snapshot = snapshot;
        this.deleted = events.values().stream()
                .filter(MessageDeleted.class::isInstance)
                .map(event -> ((MessageDeleted) event).messageId())
                .collect(toSet());
        this.oracle = new Oracle(
                Thresholds.RULESET_2,
                events.entrySet().stream()
                        .map(entry -> new LogRecord(
                                entry.getKey().place().partition(),
                                entry.getValue(),
                                entry.getKey().appendedAt()))
                        .toList());
    }

    /** @param events those of the records that are not broken */
    static List<String> findings(Snapshot snapshot, Map<TopicRecord, Event> events) {
        TablesVerifier verifier = new TablesVerifier(snapshot, events);
        snapshot.generations().forEach(verifier::tables);
        snapshot.shown().forEach(verifier::shown);
        return verifier.findings;
    }

    private void tables(int generation, Tables tables) {
        snapshot.ends().forEach((partition, end) -> {
            long next = tables.nextOffsets().getOrDefault(partition, 0L);
            if (next != end) {
                findings.add("lost: generation %d has read partition %d up to %d of %d"
                        .formatted(generation, partition, next, end));
            }
        });
        same(
                "facts of generation " + generation,
                facts(),
                tables.facts().stream()
                        .filter(fact -> !deleted.contains(fact.messageId()))
                        .toList());
        same("inquiries of generation " + generation, oracle.inquiries(), tables.inquiries());
        same("days of generation " + generation, days(), tables.days());
    }

    private <T> void same(String what, Set<T> expected, List<T> found) {
        if (found.size() != new HashSet<>(found).size()) {
            findings.add("twice: " + what + ": some rows are there twice");
        }
        compare(what, expected, new HashSet<>(found), findings);
    }

    /** Facts of deleted messages may stay: their deletions are kept too. */
    private Set<FactRow> facts() {
        return oracle.messages().stream()
                .filter(message -> !deleted.contains(message.messageId()))
                .map(message -> new FactRow(message.conversationId(), message.messageId(), message.sentAt()))
                .collect(toSet());
    }

    private record DayKey(UUID provider, LocalDate day) {
        static DayKey of(Inquiry inquiry) {
            return new DayKey(inquiry.providerId(), LocalDate.ofInstant(inquiry.openedAt(), UTC));
        }
    }

    private Set<DayRow> days() {
        Set<DayRow> days = new HashSet<>();
        oracle.inquiries().stream()
                .collect(groupingBy(DayKey::of))
                .forEach((key, inquiries) -> days.add(day(key, inquiries)));
        return days;
    }

    private static DayRow day(DayKey key, List<Inquiry> inquiries) {
        List<Duration> times = inquiries.stream()
                .map(Inquiry::responseTime)
                .flatMap(Stream::ofNullable)
                .toList();
        long late = times.stream()
                .filter(time -> time.compareTo(Thresholds.RULESET_2.answerWithin()) > 0)
                .count();
        return new DayRow(
                key.provider(),
                key.day(),
                inquiries.size(),
                times.size() - late,
                late,
                excusedBy("PLATFORM", inquiries),
                excusedBy("PROVIDER", inquiries),
                times.stream().mapToLong(time -> time.toNanos() / 1_000).sum());
    }

    private static long excusedBy(String whom, List<Inquiry> inquiries) {
        return inquiries.stream()
                .filter(inquiry ->
                        inquiry.excuse() != null && inquiry.excuse().by().equals(whom))
                .count();
    }

    private void shown(Shown shown) {
        Metrics metrics = shown.metrics();
        UUID provider = metrics.providerId();
        Instant now = metrics.asOf();
        same(shown, "metrics", oracle.metrics(provider, now), metrics);
        // Asked a moment later: it may be another day then, or a deadline may have passed.
        same(shown, "days", near(now, time -> oracle.days(provider, time), shown.days()), shown.days());
        same(
                shown,
                "inquiries",
                near(now, time -> oracle.inquiries(provider, null, time), shown.inquiries()),
                shown.inquiries());
    }

    private static <T> T near(Instant now, Function<Instant, T> exact, T shown) {
        T then = exact.apply(now.plus(10, ChronoUnit.SECONDS));
        return then.equals(shown) ? then : exact.apply(now);
    }

    private void same(Shown shown, String what, Object expected, Object found) {
        boolean isSame = found instanceof Metrics metrics
                ? withTolerance(metrics, (Metrics) expected).equals(expected)
                : found.equals(expected);
        if (!isSame) {
            findings.add("differs: %s shows other %s of %s: %s instead of %s"
                    .formatted(shown.instance(), what, shown.metrics().providerId(), found, expected));
        }
    }

    /** What {@code exact} says wherever {@code shown} is as close to it as it has to be. */
    private static Metrics withTolerance(Metrics shown, Metrics exact) {
        return new Metrics(
                shown.providerId(),
                shown.status(),
                shown.window(),
                shown.sampleSize(),
                shown.minimumSampleSize(),
                shown.pending(),
                shown.answered(),
                shown.answeredLate(),
                shown.unanswered(),
                shown.excused(),
                shown.excusedBeyondAllowance(),
                sameNumber(shown.responseRatePercent(), exact.responseRatePercent()),
                shown.averageResponseTimeSeconds(),
                close(shown.medianResponseTimeSeconds(), exact.medianResponseTimeSeconds()),
                close(shown.p90ResponseTimeSeconds(), exact.p90ResponseTimeSeconds()),
                shown.asOf());
    }

    private static @Nullable BigDecimal sameNumber(@Nullable BigDecimal shown, @Nullable BigDecimal exact) {
        return shown != null && exact != null && shown.compareTo(exact) == 0 ? exact : shown;
    }

    private static @Nullable Double close(@Nullable Double shown, @Nullable Double exact) {
        return shown != null && exact != null && Math.abs(shown - exact) <= PERCENTILE_ERROR * exact + MICROSECOND
                ? exact
                : shown;
    }
}
