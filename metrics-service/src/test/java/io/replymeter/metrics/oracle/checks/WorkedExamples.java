package io.replymeter.metrics.oracle.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.oracle.LogRecord;
import io.replymeter.metrics.oracle.Measurement;
import io.replymeter.metrics.oracle.Measurement.Metrics;
import io.replymeter.metrics.oracle.Measurement.ProviderInquiry;
import io.replymeter.metrics.oracle.Outcome;
import io.replymeter.metrics.oracle.Thresholds;
import io.replymeter.metrics.oracle.log.HandwrittenLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/**
 * Every rule of measurement by examples worked out by hand: facts that hold for the oracle ({@link OracleTest}) and for
 * the service ({@link ServiceTest}).
 */
abstract class WorkedExamples {

    /** Measures logs. The oracle reads each log as a whole, forgets nothing and counts no records it leaves out. */
    interface Subject {

        /** Reads what was appended to {@code log} since the last call, in one batch. */
        Measurement read(Thresholds thresholds, List<LogRecord> log);

        /** Starts over, as if nothing had been read. */
        default void clear() {}

        /** Forgets everything that the rules no longer need once all partitions have been read up to {@code watermark}. */
        default void cleanUp(Instant watermark) {}

        /** How far the median and the 90th percentile may be off, as a fraction of them. */
        default double percentileError() {
            return 0;
        }

        /** Asserts how many records were ignored, by reason. */
        default void hasIgnored(Map<String, Integer> recordsByReason) {}

        /** Asserts how many records were quarantined, by reason. */
        default void hasQuarantined(Map<String, Integer> recordsByReason) {}
    }

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final Duration MICROSECOND = Duration.ofNanos(1000);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);
    static final Duration WEEK = Duration.ofDays(7);

    final Subject subject;
    final HandwrittenLog log = new HandwrittenLog();
    Thresholds thresholds = Thresholds.RULESET_2;

    WorkedExamples(Subject subject) {
        this.subject = subject;
    }

    @BeforeEach
    void clear() {
        subject.clear();
    }

    Measurement measurement() {
        return subject.read(thresholds, log.records());
    }

    Metrics metricsAt(Instant now) {
        return measurement().metrics(log.provider.id(), now);
    }

    /** The newest first. */
    List<ProviderInquiry> inquiriesAt(Instant now) {
        return inquiriesOf(log.provider.id(), now);
    }

    List<ProviderInquiry> inquiriesOf(UUID provider, Instant now) {
        return measurement().inquiries(provider, null, now);
    }

    /** The only one. */
    ProviderInquiry inquiryAt(Instant now) {
        List<ProviderInquiry> inquiries = inquiriesAt(now);
        assertThat(inquiries).hasSize(1);
        return inquiries.get(0);
    }

    Outcome outcomeAt(Instant now) {
        return inquiryAt(now).outcome();
    }
}
