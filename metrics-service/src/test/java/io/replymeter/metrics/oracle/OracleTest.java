package io.replymeter.metrics.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replymeter.events.ConversationDeleted;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The oracle by examples that are worked out by hand, rule by rule. */
class OracleTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration MICROSECOND = Duration.ofNanos(1000);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final HandwrittenLog log = new HandwrittenLog();

    @Nested
    class Rule1WhatCounts {

        @Test
        void aClientsMessageIsAnInquiryAndTheProvidersItsResponse() {
            UUID question = log.clientWrites(NOON);
            UUID answer = log.providerWrites(NOON.plus(HOUR));

            assertThat(inquiries())
                    .containsExactly(new ExpectedInquiry(
                            log.provider.id(),
                            log.client.id(),
                            log.conversation,
                            question,
                            NOON,
                            answer,
                            NOON.plus(HOUR)));
        }

        @Test
        void automaticRepliesAndSystemMessagesDoNotAnswer() {
            log.clientWrites(NOON);
            for (MessageKind kind : List.of(MessageKind.AUTO_REPLY, MessageKind.SYSTEM, MessageKind.OTHER)) {
                log.append(log.provider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(MINUTE), kind));
            }

            assertThat(inquiries()).singleElement().extracting("respondedAt").isNull();
        }

        @Test
        void automaticRepliesAndSystemMessagesDoNotAsk() {
            log.append(log.client.writesTo(log.provider, log.conversation, log.nextId(), NOON, MessageKind.AUTO_REPLY));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void messagesBetweenOtherRolesAreNotMeasured() {
            for (Role sender : Role.values()) {
                for (Role recipient : Role.values()) {
                    if (!Set.of(Role.CLIENT, Role.PROVIDER).equals(EnumSet.of(sender, recipient))) {
                        log.append(new Party(UUID.randomUUID(), sender)
                                .writesTo(
                                        new Party(UUID.randomUUID(), recipient), log.conversation, log.nextId(), NOON));
                    }
                }
            }

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void theThreadsOfAGroupChatAreMeasuredOneByOne() {
            Party secondProvider = new Party(UUID.randomUUID(), Role.PROVIDER);
            UUID first = log.clientWrites(NOON);
            UUID second =
                    log.append(log.client.writesTo(secondProvider, log.conversation, log.nextId(), NOON.plus(MINUTE)));
            log.append(secondProvider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(HOUR)));

            assertThat(inquiries())
                    .extracting("providerId", "initialMessageId", "respondedAt")
                    .containsExactlyInAnyOrder(
                            tuple(log.provider.id(), first, null), tuple(secondProvider.id(), second, NOON.plus(HOUR)));
        }

        @Test
        void theSamePairsConversationsAreMeasuredOneByOne() {
            log.clientWrites(NOON);
            log.unansweredInquiry(NOON.plus(MINUTE));

            assertThat(inquiries()).hasSize(2);
        }
    }

    @Nested
    class Rule2Order {

        private final UUID one = new UUID(0, 1);
        private final UUID highest = new UUID(-1, -1);

        @Test
        void theOrderOfArrivalMeansNothing() {
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON);

            assertThat(inquiries()).singleElement().extracting("respondedAt").isEqualTo(NOON.plus(HOUR));
        }

        @Test
        void ofMessagesAtTheSameTimeTheLowerIdIsRead() {
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON));
            log.append(log.provider.writesTo(log.client, log.conversation, highest, NOON));

            assertThat(inquiries())
                    .singleElement()
                    .extracting("responseMessageId")
                    .isEqualTo(highest);
        }

        @Test
        void idsAreUnsignedNumbers() {
            log.append(log.provider.writesTo(log.client, log.conversation, one, NOON));
            log.append(log.client.writesTo(log.provider, log.conversation, highest, NOON));

            assertThat(inquiries()).as("asked after the provider wrote").isEmpty();
        }

        @Test
        void theLowHalfOfAnIdIsUnsignedToo() {
            log.append(log.provider.writesTo(log.client, log.conversation, new UUID(1, 1), NOON));
            log.append(log.client.writesTo(log.provider, log.conversation, new UUID(1, -1), NOON));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void timesAreReadInWholeMicroseconds() {
            log.append(log.client.writesTo(log.provider, log.conversation, highest, NOON.plusNanos(999)));

            assertThat(inquiries()).singleElement().extracting("openedAt").isEqualTo(NOON);
        }

        @Test
        void aMessageThatArrivesTwiceCountsOnce() {
            log.clientWrites(NOON);
            LoggedEvent response = new LoggedEvent(
                    log.provider.writesTo(log.client, log.conversation, one, NOON.plus(HOUR)), NOON.plus(HOUR));
            log.append(response.event(), response.appendedAt());
            log.append(response.event(), response.appendedAt().plus(DAY));

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void ofCopiesThatDifferTheEarliestCounts() {
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON.plus(HOUR)));
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON));
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON.plus(MINUTE)));

            assertThat(inquiries()).singleElement().extracting("openedAt").isEqualTo(NOON);
        }

        @Test
        void ofCopiesAtTheSameTimeTheLowerSendersCounts() {
            Party low = new Party(new UUID(1, 0), Role.CLIENT);
            Party high = new Party(new UUID(-1, 0), Role.CLIENT);
            log.append(high.writesTo(log.provider, log.conversation, one, NOON));
            log.append(low.writesTo(log.provider, log.conversation, one, NOON));

            assertThat(inquiries()).singleElement().extracting("clientId").isEqualTo(low.id());
        }

        @Test
        void theCopyThatDoesNotCountIsInNoThread() {
            Party otherClient = new Party(UUID.randomUUID(), Role.CLIENT);
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON));
            log.append(otherClient.writesTo(log.provider, log.conversation, one, NOON.plus(DAY)));

            assertThat(inquiries()).singleElement().extracting("clientId").isEqualTo(log.client.id());
        }

        @Test
        void whatIsNotMeasuredIsNoCopy() {
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON, MessageKind.SYSTEM));
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON.plus(HOUR)));

            assertThat(inquiries()).singleElement().extracting("openedAt").isEqualTo(NOON.plus(HOUR));
        }

        @Test
        void anIdMayOccurInSeveralConversations() {
            log.append(log.client.writesTo(log.provider, log.conversation, one, NOON));
            log.append(log.client.writesTo(log.provider, UUID.randomUUID(), one, NOON));

            assertThat(inquiries()).hasSize(2);
        }

        @Test
        void anyPermutationGivesTheSame() {
            UUID question = log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(DAY.multipliedBy(2)));
            log.messageIsDeleted(question, NOON.plus(DAY));
            List<LoggedEvent> reversed = new ArrayList<>(log.records());
            Collections.reverse(reversed);

            assertThat(new Oracle(Thresholds.RULESET_1, reversed).inquiries()).isEqualTo(inquiries());
        }
    }

    @Nested
    class Rule3Inquiry {

        @Test
        void aFollowUpRestartsNothing() {
            UUID question = log.clientWrites(NOON);
            log.clientWrites(NOON.plus(HOUR));
            log.providerWrites(NOON.plus(HOUR.multipliedBy(2)));

            assertThat(inquiries())
                    .singleElement()
                    .extracting("initialMessageId", "respondedAt")
                    .containsExactly(question, NOON.plus(HOUR.multipliedBy(2)));
        }

        @Test
        void aClosingThanksIsNoInquiry() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(HOUR).plus(MINUTE));

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void aQuestionJustWithinTheSilenceIsNoInquiry() {
            log.providerWrites(NOON);
            log.clientWrites(NOON.plus(DAY).minus(MICROSECOND));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void aQuestionAfterExactlyTheSilenceIsAnInquiry() {
            log.providerWrites(NOON);
            log.clientWrites(NOON.plus(DAY));

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void theSilenceCountsFromTheProvidersLatestMessage() {
            log.providerWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.clientWrites(NOON.plus(DAY));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void theClientsOwnMessagesDoNotBreakTheSilence() {
            log.providerWrites(NOON);
            log.clientWrites(NOON.plus(HOUR));
            UUID question = log.clientWrites(NOON.plus(DAY));

            assertThat(inquiries())
                    .singleElement()
                    .extracting("initialMessageId")
                    .isEqualTo(question);
        }

        @Test
        void withoutSilenceEveryUnansweredTurnIsAnInquiry() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(MINUTE));
            log.clientWrites(NOON.plus(MINUTE));
            log.clientWrites(NOON.plus(HOUR));
            Thresholds noSilence = new Thresholds(DAY, DAY.multipliedBy(7), Duration.ZERO, 30, 3);

            assertThat(new Oracle(noSilence, log.records()).inquiries()).hasSize(2);
        }
    }

    @Nested
    class Rule4Response {

        private final Duration horizon = DAY.multipliedBy(7);

        @Test
        void onlyTheFirstResponseCounts() {
            log.clientWrites(NOON);
            UUID first = log.providerWrites(NOON.plus(HOUR));
            log.providerWrites(NOON.plus(DAY));

            assertThat(inquiries())
                    .singleElement()
                    .extracting("responseMessageId")
                    .isEqualTo(first);
        }

        @Test
        void whatTheProviderWroteBeforeIsNoResponse() {
            log.providerWrites(NOON.minus(DAY));
            log.clientWrites(NOON);

            assertThat(inquiries()).singleElement().extracting("respondedAt").isNull();
        }

        @Test
        void aResponseAfterExactlySevenDaysIsOne() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(horizon));

            assertThat(inquiries()).singleElement().extracting("respondedAt").isEqualTo(NOON.plus(horizon));
        }

        @Test
        void aResponseAfterMoreThanSevenDaysIsNone() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(horizon).plus(MICROSECOND));

            assertThat(inquiries()).singleElement().extracting("respondedAt").isNull();
        }

        @Test
        void afterExactlySevenDaysTheInquiryIsStillOpen() {
            log.clientWrites(NOON);
            log.clientWrites(NOON.plus(horizon));

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void afterMoreThanSevenDaysTheNextMessageOpensAnother() {
            log.clientWrites(NOON);
            UUID second = log.clientWrites(NOON.plus(horizon).plus(MICROSECOND));
            UUID response = log.providerWrites(NOON.plus(horizon).plus(HOUR));

            assertThat(inquiries())
                    .extracting("openedAt", "responseMessageId")
                    .containsExactlyInAnyOrder(
                            tuple(NOON, null), tuple(NOON.plus(horizon).plus(MICROSECOND), response));
            assertThat(inquiries()).extracting("initialMessageId").contains(second);
        }

        @Test
        void aResponseThatCameTooLateStillBreaksTheSilence() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(horizon).plus(HOUR));
            log.clientWrites(NOON.plus(horizon).plus(HOUR.multipliedBy(2)));

            assertThat(inquiries()).hasSize(1);
        }
    }

    @Nested
    class Rule5Outcome {

        @Test
        void aResponseAfterExactlyADayIsInTime() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(DAY));

            assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void aResponseAfterMoreThanADayIsLate() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(DAY).plus(MICROSECOND));

            assertThat(outcomeAt(NOON.plus(DAY).plus(MICROSECOND))).isEqualTo(Outcome.ANSWERED_LATE);
        }

        @Test
        void unansweredItAgesFromPendingToOverdueToNoResponse() {
            log.clientWrites(NOON);

            assertThat(outcomeAt(NOON)).isEqualTo(Outcome.PENDING);
            assertThat(outcomeAt(NOON.plus(DAY))).isEqualTo(Outcome.PENDING);
            assertThat(outcomeAt(NOON.plus(DAY).plus(MICROSECOND))).isEqualTo(Outcome.OVERDUE);
            assertThat(outcomeAt(NOON.plus(DAY.multipliedBy(7)))).isEqualTo(Outcome.OVERDUE);
            assertThat(outcomeAt(NOON.plus(DAY.multipliedBy(7)).plus(MICROSECOND)))
                    .isEqualTo(Outcome.NO_RESPONSE);
        }

        @Test
        void openedByAClockThatIsAheadItIsPending() {
            log.append(log.client.writesTo(log.provider, log.conversation, log.nextId(), NOON), NOON.minus(MINUTE));

            assertThat(outcomeAt(NOON.minus(MINUTE))).isEqualTo(Outcome.PENDING);
        }

        @Test
        void aResponseStampedLaterThanNowCounts() {
            log.clientWrites(NOON);
            log.append(log.provider.writesTo(log.client, log.conversation, log.nextId(), NOON.plus(MINUTE)), NOON);

            assertThat(outcomeAt(NOON)).isEqualTo(Outcome.ANSWERED);
        }

        private Outcome outcomeAt(Instant now) {
            Oracle oracle = oracle();
            return oracle.outcome(oracle.inquiries().iterator().next(), now);
        }
    }

    @Nested
    class Rule6Window {

        private final Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        private final Instant lastMomentOf31March = Instant.parse("2026-03-31T23:59:59.999999Z");
        private final Instant firstMomentOf1April = Instant.parse("2026-04-01T00:00:00Z");

        @Test
        void itIsTheCurrentDayAndThe29BeforeIt() {
            log.unansweredInquiry(midnight);
            log.unansweredInquiry(midnight.minus(MICROSECOND));

            assertThat(shownAt(lastMomentOf31March)).containsExactly(midnight);
            assertThat(shownAt(firstMomentOf1April)).isEmpty();
        }

        @Test
        void whatWasOpenedTodayByAClockThatIsAheadIsInside() {
            log.append(log.client.writesTo(log.provider, log.conversation, log.nextId(), NOON.plus(MINUTE)), NOON);

            assertThat(shownAt(NOON)).containsExactly(NOON.plus(MINUTE));
        }

        @Test
        void whatWasOpenedTomorrowIsNot() {
            log.append(
                    log.client.writesTo(log.provider, log.conversation, log.nextId(), firstMomentOf1April),
                    firstMomentOf1April.minus(MINUTE));

            assertThat(shownAt(lastMomentOf31March)).isEmpty();
        }

        @Test
        void itHoldsTheProvidersOwnInquiriesOnly() {
            log.append(new Party(UUID.randomUUID(), Role.CLIENT)
                    .writesTo(new Party(UUID.randomUUID(), Role.PROVIDER), log.conversation, log.nextId(), NOON));

            assertThat(shownAt(NOON)).isEmpty();
        }

        @Test
        void itsDaysAreListedWithoutGaps() {
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, HOUR.multipliedBy(2));
            log.answeredInquiry(NOON, HOUR.multipliedBy(27));
            log.unansweredInquiry(lastMomentOf31March);

            List<ExpectedDay> days = oracle().days(log.provider.id(), lastMomentOf31March);

            assertThat(days).hasSize(30);
            assertThat(days.get(0).toString())
                    .isEqualTo(new ExpectedDay(
                                    LocalDate.parse("2026-03-02"), 3, 2, 1, 0, new BigDecimal("36000.000000000"))
                            .toString());
            assertThat(days.get(1)).isEqualTo(new ExpectedDay(LocalDate.parse("2026-03-03"), 0, 0, 0, 0, null));
            assertThat(days.get(29)).isEqualTo(new ExpectedDay(LocalDate.parse("2026-03-31"), 1, 0, 0, 1, null));
        }

        private List<Instant> shownAt(Instant now) {
            return oracle().window(log.provider.id(), now)
                    .map(ExpectedInquiry::openedAt)
                    .toList();
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

            ExpectedMetrics metrics = metrics();

            assertThat(metrics)
                    .extracting("answered", "answeredLate", "pending", "overdue", "noResponse")
                    .containsExactly(2, 1, 1, 1, 1);
            assertThat(metrics.sampleSize()).isEqualTo(5);
            assertThat(metrics.unanswered()).isEqualTo(2);
            assertThat(metrics.ratePercent()).isEqualTo("40.00");
        }

        @Test
        void theRateIsRoundedHalfUpToTwoDecimals() {
            answered(2, HOUR);
            log.unansweredInquiry(NOON);

            assertThat(metrics().ratePercent()).isEqualTo("66.67");
        }

        @Test
        void theAverageTakesLateResponsesIn() {
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, HOUR);
            log.answeredInquiry(NOON, HOUR.multipliedBy(28));
            log.unansweredInquiry(NOON);

            assertThat(metrics().averageSeconds()).isEqualByComparingTo("36000");
            assertThat(metrics().medianSeconds()).isEqualByComparingTo("3600");
        }

        @Test
        void medianAndNinetiethPercentileAreInterpolated() {
            for (int seconds : List.of(40, 10, 30, 20)) {
                log.answeredInquiry(NOON, Duration.ofSeconds(seconds));
            }

            assertThat(metrics().medianSeconds()).isEqualByComparingTo("25");
            assertThat(metrics().p90Seconds()).as("0.9 · 3 = 2.7").isEqualByComparingTo("37");
        }

        @Test
        void timesAreExactToTheMicrosecond() {
            answered(2, HOUR);
            log.answeredInquiry(NOON, HOUR.plus(MICROSECOND.multipliedBy(3)));

            assertThat(metrics().averageSeconds()).isEqualByComparingTo("3600.000001");
        }

        @Test
        void withoutAnyResponseTheTimesAreMissing() {
            for (int i = 0; i < 3; i++) {
                log.unansweredInquiry(NOON);
            }

            assertThat(metrics().ratePercent()).isEqualTo("0.00");
            assertThat(metrics())
                    .extracting("averageSeconds", "medianSeconds", "p90Seconds")
                    .containsOnlyNulls();
        }

        @Test
        void belowThreeNoNumberIsShown() {
            answered(2, HOUR);
            log.unansweredInquiry(now.minus(HOUR));

            ExpectedMetrics metrics = metrics();

            assertThat(metrics.sampleSize()).isEqualTo(2);
            assertThat(metrics.answered()).isEqualTo(2);
            assertThat(metrics)
                    .extracting("ratePercent", "averageSeconds", "medianSeconds", "p90Seconds")
                    .containsOnlyNulls();
        }

        @Test
        void anUnknownProviderHasNone() {
            assertThat(oracle().metrics(UUID.randomUUID(), now).sampleSize()).isZero();
        }

        private void answered(int inquiries, Duration responseTime) {
            for (int i = 0; i < inquiries; i++) {
                log.answeredInquiry(NOON, responseTime);
            }
        }

        private ExpectedMetrics metrics() {
            return oracle().metrics(log.provider.id(), now);
        }
    }

    @Nested
    class Rule8Deletion {

        @Test
        void aClientsDeletedMessageWasNeverSent() {
            UUID first = log.clientWrites(NOON);
            UUID second = log.clientWrites(NOON.plus(HOUR));
            log.messageIsDeleted(first, NOON.plus(DAY));

            assertThat(inquiries())
                    .singleElement()
                    .extracting("initialMessageId")
                    .isEqualTo(second);
        }

        @Test
        void itsDeletionMayArriveFirst() {
            UUID id = new UUID(7, 7);
            log.messageIsDeleted(id, NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, id, NOON), NOON.plus(DAY));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void aProvidersDeletedMessageStillCounts() {
            log.clientWrites(NOON);
            UUID answer = log.providerWrites(NOON.plus(HOUR));
            log.messageIsDeleted(answer, NOON.plus(DAY));

            assertThat(inquiries())
                    .singleElement()
                    .extracting("responseMessageId")
                    .isEqualTo(answer);
        }

        @Test
        void aDeletionIsOfOneConversation() {
            UUID question = log.clientWrites(NOON);
            log.append(new MessageDeleted(question, UUID.randomUUID(), NOON), NOON);

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void noCopyTakesTheDeletedOnesPlace() {
            UUID question = log.clientWrites(NOON);
            log.append(log.client.writesTo(log.provider, log.conversation, question, NOON.plus(HOUR)));
            log.append(log.provider.writesTo(log.client, log.conversation, question, NOON.plus(HOUR)));
            log.messageIsDeleted(question, NOON.plus(DAY));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void deletedExactly31DaysLaterItIsTakenOut() {
            UUID question = log.clientWrites(NOON);
            log.messageIsDeleted(question, NOON.plus(DAY.multipliedBy(31)));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void deletedMoreThan31DaysLaterItStays() {
            UUID question = log.clientWrites(NOON);
            log.messageIsDeleted(question, NOON.plus(DAY.multipliedBy(31)).plusMillis(1));

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void ofSeveralDeletionsTheFirstCounts() {
            UUID question = log.clientWrites(NOON);
            log.messageIsDeleted(question, NOON.plus(DAY.multipliedBy(40)));
            log.messageIsDeleted(question, NOON.plus(DAY));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void aDeletedConversationTakesItsInquiriesWithIt() {
            log.clientWrites(NOON);
            log.providerWrites(NOON.plus(HOUR));
            log.conversationIsDeleted(NOON.plus(DAY));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void eventsOfADeletedConversationAreIgnoredForEver() {
            log.conversationIsDeleted(NOON);
            log.clientWrites(NOON.plus(DAY.multipliedBy(50)));

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void otherConversationsStay() {
            log.unansweredInquiry(NOON);
            log.conversationIsDeleted(NOON);

            assertThat(inquiries()).hasSize(1);
        }
    }

    @Nested
    class Rule9Clocks {

        private final UUID id = new UUID(9, 9);
        private final Duration futureLimit = Duration.ofMinutes(5);
        private final Duration ageLimit = DAY.multipliedBy(31);

        @Test
        void stampedFiveMinutesAheadItCounts() {
            log.append(question(NOON.plus(futureLimit)), NOON);

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void stampedMoreThanFiveMinutesAheadItDoesNot() {
            log.append(question(NOON.plus(futureLimit).plus(MICROSECOND)), NOON);

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void appended31DaysLateItCounts() {
            log.append(question(NOON.minus(ageLimit)), NOON);

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void appendedMoreThan31DaysLateItDoesNot() {
            log.append(question(NOON.minus(ageLimit).minus(MICROSECOND)), NOON);

            assertThat(inquiries()).isEmpty();
        }

        @Test
        void eachRecordIsJudgedByItsOwnAppendTime() {
            log.append(question(NOON), NOON.plus(DAY.multipliedBy(32)));
            log.append(question(NOON), NOON);

            assertThat(inquiries()).hasSize(1);
        }

        @Test
        void whatDoesNotCountIsNoCopy() {
            log.append(question(NOON), NOON.plus(DAY.multipliedBy(32)));
            log.append(question(NOON.plus(HOUR)), NOON.plus(HOUR));

            assertThat(inquiries()).singleElement().extracting("openedAt").isEqualTo(NOON.plus(HOUR));
        }

        @Test
        void deletionsAreJudgedToo() {
            log.append(question(NOON), NOON);
            log.append(
                    new MessageDeleted(
                            id, log.conversation, NOON.plus(futureLimit).plusMillis(1)),
                    NOON);
            log.append(
                    new ConversationDeleted(
                            log.conversation, NOON.minus(ageLimit).minusMillis(1)),
                    NOON);

            assertThat(inquiries()).hasSize(1);
        }

        private MessageCreated question(Instant sentAt) {
            return log.client.writesTo(log.provider, log.conversation, id, sentAt);
        }
    }

    private Oracle oracle() {
        return new Oracle(Thresholds.RULESET_1, log.records());
    }

    private Iterable<ExpectedInquiry> inquiries() {
        return oracle().inquiries();
    }
}
