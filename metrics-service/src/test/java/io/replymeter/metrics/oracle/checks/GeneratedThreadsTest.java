package io.replymeter.metrics.oracle.checks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.log.Watermark;
import io.replymeter.metrics.oracle.Inquiry;
import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Oracle;
import io.replymeter.metrics.oracle.Thresholds;
import io.replymeter.metrics.oracle.checks.MetricsApi.Integrity;
import io.replymeter.metrics.oracle.log.Arrangements;
import io.replymeter.metrics.oracle.log.ThreadGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Generated logs, read in any order, end in the same rows and in the metrics of the oracle. A failure names its seed: add
 * that to {@link #seeds()} to repeat it.
 */
@MeasurementTest
class GeneratedThreadsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int CONVERSATIONS = 150;
    private static final int LARGEST_BATCH = 300;

    @Autowired
    Service service;

    @Autowired
    MetricsApi api;

    static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 9),
                LongStream.of(ThreadLocalRandom.current().nextLong()));
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @BeforeEach
    void clear() {
        service.clear();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyArrangementEndsInTheSameRowsAndInTheOraclesMetrics(long seed) {
        namingTheSeed(seed, () -> everyArrangement(seed));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void consumersAndCleanUpAtTheSameTimeEndInTheSameRows(long seed) {
        namingTheSeed(seed, () -> consumersAtTheSameTime(seed));
    }

    private static void namingTheSeed(long seed, Runnable test) {
        try {
            test.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("With seed " + seed + "L: " + e.getMessage(), e);
        }
    }

    private void everyArrangement(long seed) {
        List<LogRecord> log = new ThreadGenerator(seed, NOW).log(CONVERSATIONS);
        Oracle oracle = new Oracle(Thresholds.RULESET_2, log);

        Set<String> rows = rowsOfTheLogAsItIs(log, oracle, new Arrangements(seed));

        arrangements(log, seed).forEach((name, arranged) -> {
            service.clear();
            apply(arranged, service.consumer(), new Arrangements(seed));
            service.cleanUp(NOW);
            assertSameRows(rows, name);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRebuildEndsInTheSameRowsAndNeverWritesInquiriesThatHaveLeftTheWindow(long seed) {
        namingTheSeed(seed, () -> rebuilds(seed));
    }

    private void rebuilds(long seed) {
        List<LogRecord> log = new ThreadGenerator(seed, NOW).log(CONVERSATIONS);
        Oracle oracle = new Oracle(Thresholds.RULESET_2, log);
        apply(log, service.consumer(), new Arrangements(seed));
        service.cleanUp(NOW);
        Set<String> rows = service.derivedRows();

        arrangements(log, seed).forEach((name, arranged) -> {
            service.clear();
            new Arrangements(seed).batches(arranged, LARGEST_BATCH).forEach(service.rebuildingConsumer(NOW)::apply);
            assertThat(service.inquiries()).as(name).isEqualTo(kept(oracle.inquiries()));
            service.cleanUp(NOW);
            assertSameRows(rows, name);
        });
    }

    /** Cleans up only at the end, so that all inquiries can be seen first that may still change. */
    private Set<String> rowsOfTheLogAsItIs(List<LogRecord> log, Oracle oracle, Arrangements arrangements) {
        LogConsumer consumer = service.consumer();
        arrangements.batches(log, LARGEST_BATCH).forEach(consumer::apply);
        Comparison comparison = new Comparison(oracle, api);

        assertThat(kept(service.inquiries())).isEqualTo(kept(oracle.inquiries()));
        comparison.metricsHoldAt(NOW);

        service.cleanUp(NOW);
        assertThat(service.inquiries()).isEqualTo(kept(oracle.inquiries()));
        assertThat(api.integrity())
                .isEqualTo(new Integrity(kept(oracle.inquiries()).size(), 0, List.of()));
        comparison.holdsAt(NOW);
        comparison.holdsByOutcomeAt(NOW);
        comparison.metricsHoldAt(Instant.parse("2026-11-22T23:59:59.999999Z"));
        comparison.metricsHoldAt(NOW.plus(DAY.multipliedBy(7)));
        return service.derivedRows();
    }

    private static Set<Inquiry> kept(Set<Inquiry> inquiries) {
        LocalDate firstDay =
                LocalDate.ofInstant(NOW.minus(DAY.multipliedBy(31)).minus(Watermark.CLOCK_DIFFERENCE), ZoneOffset.UTC);
        return inquiries.stream()
                .filter(inquiry ->
                        !LocalDate.ofInstant(inquiry.openedAt(), ZoneOffset.UTC).isBefore(firstDay))
                .collect(toSet());
    }

    private static Map<String, List<LogRecord>> arrangements(List<LogRecord> log, long seed) {
        Arrangements arrangements = new Arrangements(seed);
        Map<String, List<LogRecord>> arranged = new LinkedHashMap<>();
        arranged.put("in order, cleaned up", log);
        arranged.put("duplicated", arrangements.duplicated(log, 3));
        arranged.put("interleaved", arrangements.interleaved(log));
        arranged.put("disturbed", arrangements.disturbed(log, DAY.multipliedBy(3)));
        arranged.put("permuted", arrangements.permuted(log));
        arranged.put("permuted and duplicated", arrangements.permuted(arrangements.duplicated(log, 3)));
        return arranged;
    }

    /** In batches of any size, across partitions, with a clean-up after every third one, as early as it may run. */
    private void apply(List<LogRecord> arranged, LogConsumer consumer, Arrangements arrangements) {
        int applied = 0;
        int batches = 0;
        for (List<LogRecord> batch : arrangements.batches(arranged, LARGEST_BATCH)) {
            consumer.apply(batch);
            applied += batch.size();
            if (++batches % 3 == 0) {
                service.cleanUp(earliestLimit(arranged.subList(applied, arranged.size())));
            }
        }
    }

    /** The latest watermark at which a clean-up may run; retention allows for that much difference between clocks. */
    private static Instant earliestLimit(List<LogRecord> ahead) {
        return Arrangements.appliedUpTo(ahead, NOW).plus(Watermark.CLOCK_DIFFERENCE);
    }

    private void assertSameRows(Set<String> expected, String arrangement) {
        Set<String> found = service.derivedRows();
        assertThat(found.stream().filter(row -> !expected.contains(row)))
                .as("unexpected rows, %s", arrangement)
                .isEmpty();
        assertThat(expected.stream().filter(row -> !found.contains(row)))
                .as("missing rows, %s", arrangement)
                .isEmpty();
    }

    private void consumersAtTheSameTime(long seed) {
        Arrangements arrangements = new Arrangements(seed);
        List<LogRecord> log = arrangements.scattered(new ThreadGenerator(seed, NOW).log(CONVERSATIONS / 2), 4);
        LogConsumer one = service.consumer();
        arrangements.batches(log, LARGEST_BATCH).forEach(one::apply);
        service.cleanUp(NOW);
        Set<String> rows = service.derivedRows();

        service.clear();
        int half = log.size() / 2;
        LogConsumer first = service.consumer();
        arrangements.batches(log.subList(0, half), LARGEST_BATCH).forEach(first::apply);
        applyAtOnce(arrangements.permuted(log.subList(half, log.size())), arrangements);
        service.cleanUp(NOW);

        assertSameRows(rows, "two consumers");
    }

    private void applyAtOnce(List<LogRecord> records, Arrangements arrangements) {
        List<CompletableFuture<Void>> consumers = new ArrayList<>();
        for (int remainder : List.of(0, 1)) {
            List<LogRecord> part = records.stream()
                    .filter(record -> record.partition() % 2 == remainder)
                    .toList();
            List<List<LogRecord>> batches = arrangements.batches(part, 40);
            LogConsumer consumer = service.consumer();
            consumers.add(CompletableFuture.runAsync(() -> batches.forEach(consumer::apply), threads));
        }
        while (!consumers.stream().allMatch(CompletableFuture::isDone)) {
            service.cleanUp(earliestLimit(records));
        }
        consumers.forEach(CompletableFuture::join);
    }
}
