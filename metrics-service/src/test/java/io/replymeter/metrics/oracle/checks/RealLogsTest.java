package io.replymeter.metrics.oracle.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Oracle;
import io.replymeter.metrics.oracle.Thresholds;
import io.replymeter.metrics.oracle.log.Arrangements;
import io.replymeter.metrics.oracle.log.RealLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Real messages end in the metrics of the oracle. Runs only when the environment variable {@code REPLYMETER_LOGS} names a
 * file of the form that {@link RealLog} describes; fails when there is no such file.
 */
@Tag("real-logs")
@MeasurementTest
class RealLogsTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int LARGEST_BATCH = 500;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Arrangements arrangements = new Arrangements(1);

    @Autowired
    Service service;

    @Autowired
    MetricsApi api;

    @BeforeEach
    void clear() {
        service.clear();
    }

    @Test
    void realMessagesShowTheOraclesMetricsInAnyOrderOfArrival() throws IOException {
        List<LogRecord> log = realLog();
        Oracle oracle = oracle(log);
        Comparison comparison = new Comparison(oracle, api);

        apply(log);
        Set<String> rows = service.derivedRows();

        assertThat(oracle.inquiries()).isNotEmpty();
        assertThat(service.inquiries()).isEqualTo(oracle.inquiries());
        comparison.holdsAt(now);
        comparison.holdsByOutcomeAt(now);
        for (int daysAgo = 1; daysAgo < 60; daysAgo += 3) {
            comparison.metricsHoldAt(now.minus(DAY.multipliedBy(daysAgo)));
        }
        for (List<LogRecord> arranged : arranged(log)) {
            service.clear();
            apply(arranged);
            assertThat(service.derivedRows()).isEqualTo(rows);
        }
    }

    @Test
    void theCleanUpOfRealMessagesChangesNoMetric() throws IOException {
        List<LogRecord> log = realLog();
        LogConsumer consumer = service.consumer();
        for (List<LogRecord> batch : arrangements.batches(log, LARGEST_BATCH)) {
            consumer.apply(batch);
            service.cleanUp(batch.get(batch.size() - 1).appendedAt());
        }
        service.cleanUp(now);

        new Comparison(oracle(log), api).holdsAt(now);
    }

    private List<LogRecord> realLog() throws IOException {
        String file = requireNonNull(System.getenv("REPLYMETER_LOGS"), "REPLYMETER_LOGS names no file of messages");
        return RealLog.endingAt(now, Path.of(file));
    }

    private static Oracle oracle(List<LogRecord> log) {
        return new Oracle(Thresholds.RULESET_2, log);
    }

    private List<List<LogRecord>> arranged(List<LogRecord> log) {
        return List.of(
                arrangements.interleaved(log),
                arrangements.disturbed(log, DAY),
                arrangements.permuted(log),
                arrangements.permuted(arrangements.duplicated(log, 3)));
    }

    private void apply(List<LogRecord> log) {
        LogConsumer consumer = service.consumer();
        arrangements.batches(log, LARGEST_BATCH).forEach(consumer::apply);
    }
}
