package io.replymeter.metrics.oracle;

import static java.time.ZoneOffset.UTC;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a log means, by the letter of ruleset 1 and by brute force: it keeps no state, folds nothing and forgets nothing,
 * so that there is little in it to be wrong. Slow, immutable.
 */
final class Oracle {

    private final Thresholds thresholds;
    private final Set<ExpectedInquiry> inquiries = new HashSet<>();

    /** @param log every record there is, in any order, with as many duplicates as you like */
    Oracle(Thresholds thresholds, Collection<LoggedEvent> log) {
        this.thresholds = thresholds;
        CountedMessages.byThread(log)
                .forEach((key, messages) -> inquiries.addAll(new ReadThread(thresholds, key, messages).inquiries()));
    }

    /** All inquiries, however old. */
    Set<ExpectedInquiry> inquiries() {
        return Set.copyOf(inquiries);
    }

    /** The metrics of {@code provider}, read at {@code now}. */
    ExpectedMetrics metrics(UUID provider, Instant now) {
        List<ExpectedInquiry> shown = window(provider, now).toList();
        int answered = count(Outcome.ANSWERED, shown, now);
        int pending = count(Outcome.PENDING, shown, now);
        int sampleSize = shown.size() - pending;
        boolean enough = sampleSize >= thresholds.minimumSampleSize();
        ResponseTimes times = enough ? ResponseTimes.of(shown) : ResponseTimes.NONE;
        return new ExpectedMetrics(
                answered,
                count(Outcome.ANSWERED_LATE, shown, now),
                pending,
                count(Outcome.OVERDUE, shown, now),
                count(Outcome.NO_RESPONSE, shown, now),
                enough ? percent(answered, sampleSize) : null,
                times.average(),
                times.percentile("0.5"),
                times.percentile("0.9"));
    }

    /** The days of the window of {@code provider}, read at {@code now}, the oldest first, without gaps. */
    List<ExpectedDay> days(UUID provider, Instant now) {
        List<ExpectedInquiry> shown = window(provider, now).toList();
        return firstDay(now)
                .datesUntil(dayOf(now).plusDays(1))
                .map(date -> day(
                        date,
                        shown.stream()
                                .filter(inquiry -> dayOf(inquiry.openedAt()).equals(date))
                                .toList(),
                        now))
                .toList();
    }

    /** The inquiries of {@code provider} that are shown at {@code now} (rule 6). */
    Stream<ExpectedInquiry> window(UUID provider, Instant now) {
        return inquiries.stream()
                .filter(inquiry -> inquiry.providerId().equals(provider))
                .filter(inquiry -> !dayOf(inquiry.openedAt()).isBefore(firstDay(now)))
                .filter(inquiry -> !dayOf(inquiry.openedAt()).isAfter(dayOf(now)));
    }

    /** Rule 5. */
    Outcome outcome(ExpectedInquiry inquiry, Instant now) {
        Duration responseTime = inquiry.responseTime();
        if (responseTime != null) {
            return isWithin(responseTime, thresholds.answerWithin()) ? Outcome.ANSWERED : Outcome.ANSWERED_LATE;
        }
        Duration age = Duration.between(inquiry.openedAt(), now);
        if (isWithin(age, thresholds.answerWithin())) {
            return Outcome.PENDING;
        }
        return isWithin(age, thresholds.horizon()) ? Outcome.OVERDUE : Outcome.NO_RESPONSE;
    }

    private static boolean isWithin(Duration duration, Duration limit) {
        return duration.compareTo(limit) <= 0;
    }

    private LocalDate firstDay(Instant now) {
        return dayOf(now).minusDays(thresholds.windowDays() - 1);
    }

    private static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, UTC);
    }

    private int count(Outcome outcome, List<ExpectedInquiry> inquiries, Instant now) {
        return (int) inquiries.stream()
                .filter(inquiry -> outcome(inquiry, now) == outcome)
                .count();
    }

    private ExpectedDay day(LocalDate date, List<ExpectedInquiry> opened, Instant now) {
        int answered = count(Outcome.ANSWERED, opened, now);
        int answeredLate = count(Outcome.ANSWERED_LATE, opened, now);
        return new ExpectedDay(
                date,
                opened.size(),
                answered,
                answeredLate,
                opened.size() - answered - answeredLate,
                ResponseTimes.of(opened).average());
    }

    private static BigDecimal percent(int part, int whole) {
        return BigDecimal.valueOf(100L * part).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }
}
