package io.replymeter.metrics.oracle.checks;

import io.replymeter.metrics.IntegrationTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole service, fed by the test instead of the topic, at a time that the test sets. Nothing runs by itself: the
 * service knows no watermark, so it cleans up only when the test calls it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@IntegrationTest
@TestPropertySource(properties = {"replymeter.ingest.enabled=false", "replymeter.events.watch-interval=1d"})
@Import({MeasurementTest.TestClock.class, Service.class, MetricsApi.class})
@interface MeasurementTest {

    /** The service's clock, which shows the time that was set last. */
    @Primary
    class TestClock extends Clock {

        private volatile Instant now = Instant.EPOCH;

        void set(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the rules are in UTC");
        }
    }
}
