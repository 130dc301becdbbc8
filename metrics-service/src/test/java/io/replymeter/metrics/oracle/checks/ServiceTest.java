package io.replymeter.metrics.oracle.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replymeter.events.EventCodec;
import io.replymeter.metrics.oracle.Measurement;
import io.replymeter.metrics.oracle.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The service keeps every rule, from the bytes of records through the database to its REST API. */
@MeasurementTest
class ServiceTest {

    @Autowired
    Service service;

    @Nested
    class Messages extends MessageRules {
        Messages() {
            super(service);
        }
    }

    @Nested
    class Order extends OrderRules {
        Order() {
            super(service);
        }
    }

    @Nested
    class Inquiries extends InquiryRules {
        Inquiries() {
            super(service);
        }
    }

    @Nested
    class Metrics extends MetricsRules {
        Metrics() {
            super(service);
        }
    }

    @Nested
    class Clock extends ClockRules {
        Clock() {
            super(service);
        }
    }

    @Nested
    class Excuses extends ExcuseRules {
        Excuses() {
            super(service);
        }
    }

    @Nested
    class Deletion extends DeletionRules {
        Deletion() {
            super(service);
        }
    }

    /** Facts about what an oracle does not have: bytes, tables, clean-up and lists. */
    @Nested
    class ServiceOnly extends WorkedExamples {

        ServiceOnly() {
            super(service);
        }

        @Test
        void anUnknownVersionIsQuarantined() {
            String json = new String(new EventCodec().encode(log.question(log.nextId(), NOON)), UTF_8);

            service.consumer()
                    .apply(NOON, json.replace("\"version\":1", "\"version\":2").getBytes(UTF_8));

            assertThat(inquiriesAt(NOON)).isEmpty();
            service.hasQuarantined(Map.of("UNSUPPORTED_VERSION", 1));
        }

        @Test
        void anUnknownTypeIsIgnoredAndCounted() {
            service.consumer().apply(NOON, "{\"type\":\"MessageRead\",\"version\":7}".getBytes(UTF_8));

            service.hasIgnored(Map.of("UNKNOWN_TYPE", 1));
            service.hasQuarantined(Map.of());
        }

        @Test
        void aRecordThatIsNoEventIsQuarantined() {
            service.consumer().apply(NOON, "no event".getBytes(UTF_8));
            service.consumer().apply(NOON, null);

            service.hasQuarantined(Map.of("MALFORMED", 2));
        }

        /** Criterion 3.3. */
        @Test
        void historyIsRemovedWithoutChangingAMetric() {
            for (int days = 0; days < 60; days++) {
                log.answeredInquiry(NOON.plus(DAY.multipliedBy(days)), HOUR);
            }
            Instant now = NOON.plus(DAY.multipliedBy(60));
            Measurement.Metrics before = metricsAt(now);

            service.cleanUp(now);

            assertThat(metricsAt(now)).isEqualTo(before);
            assertThat(service.inquiries()).hasSizeLessThan(33);
            assertThat(service.derivedRows()).hasSizeLessThan(110);
        }

        @Test
        void theInquiriesOfEachOutcomeCanBeListed() {
            Instant now = NOON.plus(DAY.multipliedBy(9));
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, DAY.multipliedBy(2));
            log.unansweredInquiry(NOON);
            log.unansweredInquiry(now.minus(DAY.multipliedBy(2)));
            log.unansweredInquiry(now);
            log.platformExcuses(log.clientWrites(NOON), NOON);

            for (Outcome outcome : Outcome.values()) {
                assertThat(measurement().inquiries(log.provider.id(), outcome, now))
                        .singleElement()
                        .extracting("outcome")
                        .isEqualTo(outcome);
            }
        }

        @Test
        void severalProvidersAreListedInTheOrderAsked() {
            log.answeredInquiries(3, NOON, HOUR);
            UUID unknown = UUID.randomUUID();

            assertThat(measurement().metrics(List.of(unknown, log.provider.id(), unknown), NOON.plus(DAY)))
                    .extracting("providerId", "sampleSize")
                    .containsExactly(tuple(unknown, 0), tuple(log.provider.id(), 3), tuple(unknown, 0));
        }
    }
}
