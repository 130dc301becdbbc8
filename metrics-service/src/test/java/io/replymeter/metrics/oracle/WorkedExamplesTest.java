package io.replymeter.metrics.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.EventCodec;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every rule of measurement and every acceptance criterion about metrics by examples that are worked out by hand: from
 * the bytes of records, through the database, to what the REST API shows.
 */
@MeasurementTest
class WorkedExamplesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration MICROSECOND = Duration.ofNanos(1000);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = DAY.multipliedBy(7);

    private final HandwrittenLog log = new HandwrittenLog();
    private int applied;

    @Autowired
    Service service;

    @Autowired
    MetricsApi api;

    @Autowired
    TestClock clock;

    @BeforeEach
    void clear() {
        service.clear();
    }

    @Nested
    class Criteria {

        @Test
        void criterion13AProviderWithoutHistoryHasNoData() {
            Shown.Metrics metrics = metricsAt(NOON);

            assertThat(metrics.status()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(metrics.sampleSize()).isZero();
            assertThat(metrics.minimumSampleSize()).isEqualTo(3);
        }

        @Test
        void criterion13AProviderWithFewerThanThreeSettledInquiriesHasCountsButNoNumbers() {
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, HOUR);
            log.unansweredInquiry(NOON.plus(DAY));

            Shown.Metrics metrics = metricsAt(NOON.plus(DAY));

            assertThat(metrics.status()).isEqualTo("INSUFFICIENT_DATA");
            assertThat(metrics).extracting("sampleSize", "pending", "answered").containsExactly(2, 1, 2);
            assertThat(metrics)
                    .extracting(
                            "responseRatePercent",
                            "averageResponseTimeSeconds",
                            "medianResponseTimeSeconds",
                            "p90ResponseTimeSeconds")
                    .containsOnlyNulls();
        }

        @Test
        void criterion21AClientsMessageOpensAnInquiryAndStartsItsClock() {
            UUID question = log.clientWrites(NOON);

            assertThat(inquiryAt(NOON.plus(HOUR)))
                    .isEqualTo(new Shown.Inquiry(
                            log.conversation, log.client.id(), question, NOON, null, null, null, Outcome.PENDING));
        }

        @Test
        void criterion22TheResponseTimeIsRecordedWhenTheProviderResponds() {
            UUID question = log.clientWrites(NOON);
            UUID answer = log.providerWrites(NOON.plus(MINUTE).plus(MICROSECOND));

            assertThat(inquiryAt(NOON.plus(HOUR)))
                    .isEqualTo(new Shown.Inquiry(
                            log.conversation,
                            log.client.id(),
                            question,
                            NOON,
                            answer,
                            NOON.plus(MINUTE).plus(MICROSECOND),
                            60.000001,
                            Outcome.ANSWERED));
        }

        @Test
        void criterion23OnlyResponsesWithinSevenDaysCountInTheAverage() {
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, WEEK);
            log.answeredInquiry(NOON, WEEK.plus(MICROSECOND));

            Shown.Metrics metrics = metricsAt(NOON.plus(DAY.multipliedBy(8)));

            assertThat(metrics.averageResponseTimeSeconds()).isEqualTo((3_600 + 604_800) / 2.0);
            assertThat(metrics)
                    .extracting("answered", "answeredLate", "unanswered")
                    .containsExactly(1, 1, 1);
        }

        @Test
        void criterion24AResponseWithin24HoursCountsAsResponded() {
            log.answeredInquiry(NOON, DAY);
            log.answeredInquiry(NOON, DAY.plus(MICROSECOND));
            log.unansweredInquiry(NOON);

            assertThat(metricsAt(NOON.plus(WEEK)).responseRatePercent()).isEqualTo("33.33");
        }

        @Test
        void criterion25OfSeveralAnswersOnlyTheFirstCounts() {
            log.clientWrites(NOON);
            UUID first = log.providerWrites(NOON.plus(HOUR));
            log.providerWrites(NOON.plus(HOUR).plus(MINUTE));
            log.providerWrites(NOON.plus(WEEK));

            assertThat(inquiryAt(NOON.plus(WEEK)))
                    .extracting("responseMessageId", "responseTimeSeconds")
                    .containsExactly(first, 3600.0);
        }

        @Test
        void criterion31TheMetricsFollowAResponseAtOnce() {
            answered(2, HOUR);
            log.clientWrites(NOON);
            Shown.Metrics before = metricsAt(NOON.plus(HOUR));
            log.providerWrites(NOON.plus(HOUR));
            Shown.Metrics after = metricsAt(NOON.plus(HOUR));

            assertThat(before).extracting("sampleSize", "pending").containsExactly(2, 1);
            assertThat(after).extracting("sampleSize", "pending").containsExactly(3, 0);
            assertThat(after.averageResponseTimeSeconds()).isEqualTo(3600);
        }

        @Test
        void criterion32OnlyTheLast30DaysCount() {
            log.answeredInquiry(NOON.minus(DAY.multipliedBy(30)), HOUR);
            log.answeredInquiry(NOON.minus(DAY.multipliedBy(29)), HOUR);

            Shown.Metrics metrics = metricsAt(NOON);

            assertThat(metrics.answered()).isEqualTo(1);
            assertThat(metrics.window())
                    .isEqualTo(new Shown.Window(30, LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-02")));
        }

        @Test
        void criterion33HistoryIsRemovedWithoutChangingAMetric() {
            for (int days = 0; days < 60; days++) {
                log.answeredInquiry(NOON.plus(DAY.multipliedBy(days)), HOUR);
            }
            Instant now = NOON.plus(DAY.multipliedBy(60));
            Shown.Metrics before = metricsAt(now);

            service.cleanUp(now);

            assertThat(metricsAt(now)).isEqualTo(before);
            assertThat(service.inquiries()).hasSizeLessThan(33);
            assertThat(service.derivedRows()).hasSizeLessThan(110);
        }

        @Test
        void criterion34AfterSevenDaysWithoutAResponseTheInquiryCountsAsNotResponded() {
            log.clientWrites(NOON);

            assertThat(inquiryAt(NOON.plus(WEEK)).outcome()).isEqualTo(Outcome.OVERDUE);
            assertThat(inquiryAt(NOON.plus(WEEK).plus(MICROSECOND)).outcome()).isEqualTo(Outcome.NO_RESPONSE);
            assertThat(metricsAt(NOON.plus(WEEK).plus(MICROSECOND)).unanswered())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Rule1WhatCounts {

        @Test
        void automaticRepliesSystemMessagesAndUnknownKindsNeitherAskNorAnswer() {
            for (MessageKind kind : List.of(MessageKind.AUTO_REPLY, MessageKind.SYSTEM, MessageKind.OTHER)) {
                log.append(log.client.writesTo(log.provider, UUID.randomUUID(), log.nextId(), NOON, kind));
            }
            log.clientWrites(NOON);
            for (MessageKind kind : List.of(MessageKind.AUTO_REPLY, MessageKind.SYSTEM, MessageKind.OTHER)) {
                log.append(log.provider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(MINUTE), kind));
            }

            assertThat(inquiryAt(NOON.plus(HOUR)).outcome()).isEqualTo(Outcome.PENDING);
            assertThat(service.ignored()).isEqualTo(Map.of("NOT_HUMAN", 6));
        }

        @Test
        void messagesBetweenOtherRolesAreNotMeasured() {
            for (Role sender : Role.values()) {
                for (Role recipient : Role.values()) {
                    log.append(new Party(log.client.id(), sender)
                            .writesTo(new Party(log.provider.id(), recipient), log.conversation, log.nextId(), NOON));
                }
            }

            assertThat(inquiriesAt(NOON.plus(HOUR))).hasSize(1);
            assertThat(service.ignored()).isEqualTo(Map.of("OTHER_ROLES", 14));
        }

        @Test
        void theThreadsOfAGroupChatAreMeasuredOneByOne() {
            Party secondProvider = new Party(UUID.randomUUID(), Role.PROVIDER);
            log.clientWrites(NOON);
            log.append(log.client.writesTo(secondProvider, log.conversation, log.nextId(), NOON.plus(MINUTE)));
            log.append(secondProvider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(HOUR)));
            Instant now = NOON.plus(HOUR);

            assertThat(inquiryAt(now).outcome()).isEqualTo(Outcome.PENDING);
            assertThat(api.inquiries(secondProvider.id()))
                    .singleElement()
                    .extracting("outcome", "responseTimeSeconds")
                    .containsExactly(Outcome.ANSWERED, 3540.0);
        }

        @Test
        void theClientsOfAGroupChatAreMeasuredOneByOne() {
            Party secondClient = new Party(UUID.randomUUID(), Role.CLIENT);
            log.clientWrites(NOON);
            log.append(secondClient.writesTo(log.provider, log.conversation, log.nextId(), NOON.plus(MINUTE)));
            log.providerWrites(NOON.plus(HOUR));

            assertThat(inquiriesAt(NOON.plus(HOUR)))
                    .extracting("clientId", "outcome")
                    .containsExactly(
                            tuple(secondClient.id(), Outcome.PENDING), tuple(log.client.id(), Outcome.ANSWERED));
        }

        @Test
        void anUnknownVersionIsQuarantined() {
            MessageCreated question = log.client.writesTo(log.provider, log.conversation, log.nextId(), NOON);
            String json = new String(new EventCodec().encode(question), UTF_8);

            service.consumer()
                    .apply(NOON, json.replace("\"version\":1", "\"version\":2").getBytes(UTF_8));

            assertThat(inquiriesAt(NOON)).isEmpty();
            assertThat(service.quarantined()).isEqualTo(Map.of("UNSUPPORTED_VERSION", 1));
        }

        @Test
        void anUnknownTypeIsIgnoredAndCounted() {
            service.consumer().apply(NOON, "{\"type\":\"MessageRead\",\"version\":7}".getBytes(UTF_8));

            assertThat(service.ignored()).isEqualTo(Map.of("UNKNOWN_TYPE", 1));
            assertThat(service.quarantined()).isEmpty();
        }

        @Test
        void whatIsNoEventIsQuarantined() {
            service.consumer().apply(NOON, "no event".getBytes(UTF_8));
            service.consumer().apply(NOON, null);

            assertThat(service.quarantined()).isEqualTo(Map.of("MALFORMED", 2));
        }
    }

    @Nested
    class Rule2Order {

        private final UUID one = new UUID(0, 1);
        private final UUID highest = new UUID(-1, -1);

        @Test
        void aResponseThatArrivesBeforeItsInquiryCounts() {
            log.providerWrites(NOON.plus(HOUR));
            assertThat(inquiriesAt(NOON.plus(HOUR))).isEmpty();
            log.clientWrites(NOON);

            assertThat(inquiryAt(NOON.plus(HOUR)).responseTimeSeconds()).isEqualTo(3600);
        }

        @Test
        void anEarlierQuestionThatArrivesLateBecomesTheInquiry() {
            log.clientWrites(NOON.plus(HOUR));
            log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));
            assertThat(inquiryAt(NOON.plus(DAY)).responseTimeSeconds()).isEqualTo(3600);
            log.clientWrites(NOON);

            assertThat(inquiryAt(NOON.plus(DAY)).responseTimeSeconds()).isEqualTo(7200);
        }

        @Test
        void ofMessagesAtTheSameTimeTheLowerIdIsReadFirst() {
            log.append(log.provider.writesTo(log.client, log.conversation, highest, NOON));
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON));

            assertThat(inquiryAt(NOON).responseTimeSeconds()).isZero();
        }

        @Test
        void idsAreUnsignedNumbers() {
            log.append(log.client.writesTo(log.provider, log.conversation, highest, NOON));
            log.append(log.provider.writesTo(log.client, log.conversation, one, NOON));

            assertThat(inquiriesAt(NOON)).as("asked after the provider wrote").isEmpty();
        }

        @Test
        void timesAreReadInWholeMicroseconds() {
            log.clientWrites(NOON.plusNanos(999));

            assertThat(inquiryAt(NOON).openedAt()).isEqualTo(NOON);
        }

        @Test
        void aMessageThatArrivesTwiceCountsOnce() {
            UUID question = log.clientWrites(NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, question, NOON));
            inquiryAt(NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, question, NOON));

            assertThat(inquiriesAt(NOON)).hasSize(1);
            assertThat(metricsAt(NOON).pending()).isEqualTo(1);
            assertThat(service.ignored()).isEqualTo(Map.of("DUPLICATE", 2));
        }

        @Test
        void ofCopiesThatDifferTheEarliestCountsAndTheOthersAreConflicts() {
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON.plus(HOUR)));
            inquiryAt(NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON));
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON.plus(MINUTE)));

            assertThat(inquiryAt(NOON).openedAt()).isEqualTo(NOON);
            assertThat(service.ignored()).isEqualTo(Map.of("CONFLICT", 2));
        }

        @Test
        void ofCopiesAtTheSameTimeTheLowerSendersCounts() {
            Party low = new Party(new UUID(1, 0), Role.CLIENT);
            Party high = new Party(new UUID(-1, 0), Role.CLIENT);
            log.append(high.writesTo(log.provider, log.conversation, one, NOON));
            inquiryAt(NOON);
            log.append(low.writesTo(log.provider, log.conversation, one, NOON));

            assertThat(inquiryAt(NOON).clientId()).isEqualTo(low.id());
        }

        @Test
        void anyOrderAndAnyBatchingGivesTheSame() {
            UUID question = log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(DAY.multipliedBy(2)));
            log.messageIsDeleted(question, NOON.plus(DAY.multipliedBy(3)));
            List<Shown.Inquiry> inOneBatch = inquiriesAt(NOON.plus(WEEK));
            service.clear();
            List<LoggedEvent> backwards = new ArrayList<>(log.records());
            Collections.reverse(backwards);

            backwards.forEach(record -> service.consumer().apply(List.of(new LogRecord(0, record))));

            assertThat(inOneBatch).hasSize(1);
            assertThat(api.inquiries(log.provider.id())).isEqualTo(inOneBatch);
        }
    }

    @Nested
    class Rule3Inquiry {

        @Test
        void aFollowUpRestartsNothing() {
            UUID question = log.clientWrites(NOON);
            log.clientWrites(NOON.plus(HOUR));
            log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));

            assertThat(inquiryAt(NOON.plus(DAY)))
                    .extracting("initialMessageId", "responseTimeSeconds")
                    .containsExactly(question, 7200.0);
        }

        @Test
        void aClosingThanksIsNoInquiry() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(HOUR).plus(MINUTE));

            assertThat(inquiriesAt(NOON.plus(DAY))).hasSize(1);
        }

        @Test
        void aNewQuestionTheNextDayIsOne() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(HOUR).plus(DAY));

            assertThat(inquiriesAt(NOON.plus(WEEK))).hasSize(2);
        }

        @Test
        void aQuestionAMicrosecondEarlierIsNone() {
            log.providerWrites(NOON);
            log.clientWrites(NOON.plus(DAY).minus(MICROSECOND));

            assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
        }

        @Test
        void anotherQuestionInTheSilenceAfterAnAnswerIsNone() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(HOUR.multipliedBy(2)));
            UUID nextDay = log.clientWrites(NOON.plus(DAY).plus(HOUR));

            assertThat(inquiriesAt(NOON.plus(WEEK)))
                    .hasSize(2)
                    .first()
                    .extracting("initialMessageId")
                    .isEqualTo(nextDay);
        }

        @Test
        void aProviderWhoWritesFirstOpensNone() {
            log.providerWrites(NOON);

            assertThat(inquiriesAt(NOON.plus(HOUR))).isEmpty();
        }
    }

    @Nested
    class Rule4Response {

        @Test
        void afterExactlySevenDaysAResponseStillCounts() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(WEEK));

            assertThat(inquiryAt(NOON.plus(WEEK)).outcome()).isEqualTo(Outcome.ANSWERED_LATE);
        }

        @Test
        void aMicrosecondLaterItDoesNot() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(WEEK).plus(MICROSECOND));

            assertThat(inquiryAt(NOON.plus(WEEK).plus(HOUR)).outcome()).isEqualTo(Outcome.NO_RESPONSE);
        }

        @Test
        void afterMoreThanSevenDaysTheNextQuestionOpensAnotherInquiry() {
            log.clientWrites(NOON);
            log.clientWrites(NOON.plus(WEEK));
            UUID another = log.clientWrites(NOON.plus(WEEK).plus(MICROSECOND));
            log.providerWrites(NOON.plus(WEEK).plus(HOUR));

            assertThat(inquiriesAt(NOON.plus(WEEK).plus(HOUR)))
                    .extracting("initialMessageId", "outcome")
                    .startsWith(tuple(another, Outcome.ANSWERED))
                    .hasSize(2);
        }
    }

    @Nested
    class Rule5Outcome {

        @Test
        void anUnansweredInquiryAgesWithoutAnyEvent() {
            log.clientWrites(NOON);

            assertThat(inquiryAt(NOON.plus(DAY)).outcome()).isEqualTo(Outcome.PENDING);
            assertThat(inquiryAt(NOON.plus(DAY).plus(MICROSECOND)).outcome()).isEqualTo(Outcome.OVERDUE);
            assertThat(inquiryAt(NOON.plus(WEEK)).outcome()).isEqualTo(Outcome.OVERDUE);
            assertThat(inquiryAt(NOON.plus(WEEK).plus(MICROSECOND)).outcome()).isEqualTo(Outcome.NO_RESPONSE);
        }

        @Test
        void onlyPendingInquiriesAreLeftOutOfTheSample() {
            log.unansweredInquiry(NOON);

            assertThat(metricsAt(NOON.plus(DAY)))
                    .extracting("sampleSize", "pending", "unanswered")
                    .containsExactly(0, 1, 0);
            assertThat(metricsAt(NOON.plus(DAY).plus(MICROSECOND)))
                    .extracting("sampleSize", "pending", "unanswered")
                    .containsExactly(1, 0, 1);
        }

        @Test
        void theOutcomesCanBeAskedForOneByOne() {
            Instant now = NOON.plus(DAY.multipliedBy(9));
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, DAY.multipliedBy(2));
            log.unansweredInquiry(NOON);
            log.unansweredInquiry(now.minus(DAY.multipliedBy(2)));
            log.unansweredInquiry(now);
            metricsAt(now);

            for (Outcome outcome : Outcome.values()) {
                assertThat(api.inquiries(log.provider.id(), outcome))
                        .singleElement()
                        .extracting("outcome")
                        .isEqualTo(outcome);
            }
        }
    }

    @Nested
    class Rule6Window {

        private final Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        private final Instant lastMomentOf31March = Instant.parse("2026-03-31T23:59:59.999999Z");
        private final Instant firstMomentOf1April = Instant.parse("2026-04-01T00:00:00Z");

        @Test
        void itIsTheCurrentDayAndThe29BeforeIt() {
            log.unansweredInquiry(midnight.minus(MICROSECOND));
            log.unansweredInquiry(midnight);

            assertThat(inquiryAt(lastMomentOf31March).openedAt()).isEqualTo(midnight);
            assertThat(metricsAt(lastMomentOf31March).unanswered()).isEqualTo(1);
            assertThat(inquiriesAt(firstMomentOf1April)).isEmpty();
            assertThat(metricsAt(firstMomentOf1April).unanswered()).isZero();
        }

        @Test
        void anInquiryBelongsToTheDayOnWhichItOpened() {
            log.answeredInquiry(midnight.minus(MICROSECOND), HOUR);

            assertThat(metricsAt(lastMomentOf31March).answered()).isZero();
        }

        @Test
        void whatWasOpenedTodayByAClockThatIsAheadIsInside() {
            log.append(log.client.writesTo(log.provider, log.conversation, log.nextId(), NOON.plus(MINUTE)), NOON);

            assertThat(metricsAt(NOON).pending()).isEqualTo(1);
        }

        @Test
        void whatWasOpenedTomorrowIsNotYet() {
            log.append(
                    log.client.writesTo(log.provider, log.conversation, log.nextId(), firstMomentOf1April),
                    firstMomentOf1April.minus(MINUTE));

            assertThat(metricsAt(lastMomentOf31March).pending()).isZero();
            assertThat(metricsAt(firstMomentOf1April).pending()).isEqualTo(1);
        }

        @Test
        void itsDaysAreListedWithoutGaps() {
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, HOUR.multipliedBy(2));
            log.answeredInquiry(NOON, HOUR.multipliedBy(27));
            log.unansweredInquiry(NOON);
            metricsAt(lastMomentOf31March);

            assertThat(api.days(log.provider.id()))
                    .hasSize(30)
                    .startsWith(
                            new Shown.Day(LocalDate.parse("2026-03-02"), 4, 2, 1, 1, 36000.0),
                            new Shown.Day(LocalDate.parse("2026-03-03"), 0, 0, 0, 0, null))
                    .endsWith(new Shown.Day(LocalDate.parse("2026-03-31"), 0, 0, 0, 0, null));
        }
    }

    @Nested
    class Rule7Metrics {

        private final Instant now = NOON.plus(DAY.multipliedBy(20));

        @Test
        void theRateIsAnsweredOfAllButThePending() {
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, DAY);
            log.answeredInquiry(NOON, HOUR.multipliedBy(25));
            log.unansweredInquiry(NOON);
            log.unansweredInquiry(now.minus(DAY.multipliedBy(2)));
            log.unansweredInquiry(now.minus(HOUR));

            Shown.Metrics metrics = metricsAt(now);

            assertThat(metrics)
                    .extracting("answered", "answeredLate", "pending", "unanswered", "sampleSize")
                    .containsExactly(2, 1, 1, 2, 5);
            assertThat(metrics.responseRatePercent()).isEqualTo("40.00");
            assertThat(metrics.status()).isEqualTo("AVAILABLE");
        }

        @Test
        void theRateHasTwoDecimalsRoundedHalfUp() {
            answered(2, HOUR);
            log.unansweredInquiry(NOON);

            assertThat(metricsAt(now).responseRatePercent()).isEqualTo(new BigDecimal("66.67"));
        }

        @Test
        void theAverageTakesLateResponsesIn() {
            answered(2, HOUR);
            log.answeredInquiry(NOON, HOUR.multipliedBy(28));
            log.unansweredInquiry(NOON);

            assertThat(metricsAt(now).averageResponseTimeSeconds()).isEqualTo(36000);
        }

        @Test
        void medianAndNinetiethPercentileAreInterpolated() {
            for (int seconds : List.of(400, 100, 300, 200)) {
                log.answeredInquiry(NOON, Duration.ofSeconds(seconds));
            }

            Shown.Metrics metrics = metricsAt(now);

            assertThat(metrics.medianResponseTimeSeconds()).isCloseTo(250, within(250 * 0.016));
            assertThat(metrics.p90ResponseTimeSeconds()).as("0.9 · 3 = 2.7").isCloseTo(370, within(370 * 0.016));
        }

        @Test
        void theAverageIsExactToTheMicrosecond() {
            answered(2, HOUR);
            log.answeredInquiry(NOON, HOUR.plus(MICROSECOND.multipliedBy(3)));

            assertThat(metricsAt(now).averageResponseTimeSeconds()).isEqualTo(3600.000001);
        }

        @Test
        void withoutAnyResponseTheTimesAreMissingAndTheRateIsZero() {
            for (int i = 0; i < 3; i++) {
                log.unansweredInquiry(NOON);
            }

            Shown.Metrics metrics = metricsAt(now);

            assertThat(metrics.responseRatePercent()).isEqualTo("0.00");
            assertThat(metrics)
                    .extracting("averageResponseTimeSeconds", "medianResponseTimeSeconds", "p90ResponseTimeSeconds")
                    .containsOnlyNulls();
        }

        @Test
        void fromThreeSettledInquiriesOnNumbersAreShown() {
            answered(3, HOUR);

            assertThat(metricsAt(now).responseRatePercent()).isEqualTo("100.00");
        }

        @Test
        void severalProvidersAreAnsweredInTheOrderAsked() {
            answered(3, HOUR);
            metricsAt(now);
            UUID unknown = UUID.randomUUID();

            assertThat(api.metrics(List.of(unknown, log.provider.id(), unknown)))
                    .extracting("providerId", "sampleSize")
                    .containsExactly(tuple(unknown, 0), tuple(log.provider.id(), 3), tuple(unknown, 0));
        }
    }

    @Nested
    class Rule8Deletion {

        @Test
        void aClientsDeletedMessageWasNeverSent() {
            UUID first = log.clientWrites(NOON);
            UUID second = log.clientWrites(NOON.plus(HOUR));
            assertThat(inquiryAt(NOON.plus(DAY)).initialMessageId()).isEqualTo(first);
            log.messageIsDeleted(first, NOON.plus(DAY));

            assertThat(inquiryAt(NOON.plus(DAY)).initialMessageId()).isEqualTo(second);
            assertThat(metricsAt(NOON.plus(WEEK)).unanswered()).isEqualTo(1);
        }

        @Test
        void itsDeletionMayArriveFirst() {
            UUID id = new UUID(7, 7);
            log.messageIsDeleted(id, NOON);
            inquiriesAt(NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, id, NOON), NOON.plus(DAY));

            assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
        }

        @Test
        void withItsOnlyInquiryDeletedAProviderHasNoData() {
            UUID question = log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            metricsAt(NOON.plus(HOUR));
            log.messageIsDeleted(question, NOON.plus(DAY));

            assertThat(metricsAt(NOON.plus(DAY)).answered()).isZero();
            assertThat(api.days(log.provider.id())).extracting("inquiries").containsOnly(0);
        }

        @Test
        void aProvidersDeletedMessageStillCounts() {
            log.clientWrites(NOON);
            UUID answer = log.providerWrites(NOON.plus(HOUR));
            log.messageIsDeleted(answer, NOON.plus(DAY));

            assertThat(inquiryAt(NOON.plus(DAY)).responseMessageId()).isEqualTo(answer);
        }

        @Test
        void aDeletionIsOfOneConversation() {
            UUID question = log.clientWrites(NOON);
            log.append(new MessageDeleted(question, UUID.randomUUID(), NOON), NOON);

            assertThat(inquiriesAt(NOON)).hasSize(1);
        }

        @Test
        void noCopyTakesTheDeletedOnesPlace() {
            UUID question = log.clientWrites(NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, question, NOON.plus(HOUR)));
            log.messageIsDeleted(question, NOON.plus(DAY));

            assertThat(inquiriesAt(NOON.plus(DAY))).isEmpty();
        }

        @Test
        void aDeletedConversationTakesItsInquiriesWithIt() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.unansweredInquiry(NOON);
            metricsAt(NOON.plus(DAY));
            log.conversationIsDeleted(NOON.plus(DAY));

            assertThat(inquiriesAt(NOON.plus(DAY)))
                    .singleElement()
                    .extracting("conversationId")
                    .isNotEqualTo(log.conversation);
            assertThat(metricsAt(NOON.plus(DAY)))
                    .extracting("answered", "pending")
                    .containsExactly(0, 1);
        }

        @Test
        void laterEventsOfADeletedConversationAreIgnoredForEver() {
            log.conversationIsDeleted(NOON);
            metricsAt(NOON);
            service.cleanUp(NOON.plus(DAY.multipliedBy(100)));
            log.clientWrites(NOON.plus(DAY.multipliedBy(100)));
            log.conversationIsDeleted(NOON.plus(DAY.multipliedBy(100)));

            assertThat(inquiriesAt(NOON.plus(DAY.multipliedBy(100)))).isEmpty();
            assertThat(service.ignored()).isEqualTo(Map.of("CONVERSATION_DELETED", 2));
        }
    }

    @Nested
    class Rule9Clocks {

        private static final Duration FUTURE_LIMIT = Duration.ofMinutes(5);
        private static final Duration AGE_LIMIT = DAY.multipliedBy(31);

        private final UUID id = new UUID(9, 9);

        @Test
        void stampedFiveMinutesAheadItCounts() {
            log.append(question(NOON.plus(FUTURE_LIMIT)), NOON);

            assertThat(inquiriesAt(NOON)).hasSize(1);
        }

        @Test
        void stampedMoreThanFiveMinutesAheadItIsQuarantined() {
            log.append(question(NOON.plus(FUTURE_LIMIT).plus(MICROSECOND)), NOON);

            assertThat(inquiriesAt(NOON)).isEmpty();
            assertThat(service.quarantined()).isEqualTo(Map.of("FUTURE", 1));
        }

        @Test
        void stampedMoreThan31DaysBeforeItIsIgnoredAndCounted() {
            log.append(question(NOON.minus(AGE_LIMIT).minus(MICROSECOND)), NOON);
            metricsAt(NOON);

            assertThat(service.inquiries()).isEmpty();
            assertThat(service.ignored()).isEqualTo(Map.of("TOO_OLD", 1));
        }

        @Test
        void stampedExactly31DaysBeforeItIsRead() {
            log.append(question(NOON.minus(AGE_LIMIT)), NOON);
            metricsAt(NOON);

            assertThat(service.inquiries()).hasSize(1);
        }

        @Test
        void eachRecordIsJudgedByItsOwnAppendTimeAndNotByTheClock() {
            log.append(question(NOON), NOON);
            log.append(question(NOON), NOON.plus(DAY.multipliedBy(32)));
            metricsAt(NOON.plus(DAY.multipliedBy(400)));

            assertThat(service.inquiries()).hasSize(1);
            assertThat(service.ignored()).isEqualTo(Map.of("TOO_OLD", 1));
        }

        @Test
        void deletionsAreJudgedToo() {
            log.append(question(NOON), NOON);
            log.append(
                    new MessageDeleted(
                            id, log.conversation, NOON.plus(FUTURE_LIMIT).plusMillis(1)),
                    NOON);
            log.append(
                    new ConversationDeleted(
                            log.conversation, NOON.minus(AGE_LIMIT).minusMillis(1)),
                    NOON);

            assertThat(inquiriesAt(NOON)).hasSize(1);
            assertThat(service.quarantined()).isEqualTo(Map.of("FUTURE", 1));
            assertThat(service.ignored()).isEqualTo(Map.of("TOO_OLD", 1));
        }

        @Test
        void aDeletionMoreThan31DaysAfterItsMessageChangesNothing() {
            log.append(question(NOON), NOON);
            log.append(
                    new MessageDeleted(id, log.conversation, NOON),
                    NOON.plus(AGE_LIMIT).plusMillis(1));

            metricsAt(NOON.plus(AGE_LIMIT));

            assertThat(service.inquiries()).hasSize(1);
        }

        private MessageCreated question(Instant sentAt) {
            return log.client.writesTo(log.provider, log.conversation, id, sentAt);
        }
    }

    private void answered(int inquiries, Duration responseTime) {
        for (int i = 0; i < inquiries; i++) {
            log.answeredInquiry(NOON, responseTime);
        }
    }

    private Shown.Metrics metricsAt(Instant now) {
        applyNewRecords(now);
        return api.metrics(log.provider.id());
    }

    private List<Shown.Inquiry> inquiriesAt(Instant now) {
        applyNewRecords(now);
        return api.inquiries(log.provider.id());
    }

    private Shown.Inquiry inquiryAt(Instant now) {
        List<Shown.Inquiry> inquiries = inquiriesAt(now);
        assertThat(inquiries).hasSize(1);
        return inquiries.get(0);
    }

    /** What was written since the last time, as one batch. */
    private void applyNewRecords(Instant now) {
        List<LoggedEvent> records = log.records();
        List<LogRecord> added = records.subList(applied, records.size()).stream()
                .map(record -> new LogRecord(0, record))
                .toList();
        if (!added.isEmpty()) {
            service.consumer().apply(added);
        }
        applied = records.size();
        clock.set(now);
    }
}
