package io.replymeter.measurement;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The thresholds of ruleset 2. Every duration is at least zero and in whole microseconds.
 *
 * @param answerWithin a response after at most this long is {@link Outcome#ANSWERED} (rule 5)
 * @param horizon how long an inquiry waits for its response (rule 4); at least {@code answerWithin}
 * @param reinquirySilence how old the provider's latest message must be for a client's message to open an inquiry (rule
 *     3); zero makes every unanswered turn of the client an inquiry
 * @param longestDeferral how long after a client's message the clock may start at most (rule 3); zero starts it at once
 * @param excuseAllowancePercent of the window's inquiries, how many a provider may excuse: this share, at least 2; zero
 *     allows none (rule 5)
 * @param windowDays how many UTC calendar days count, the current one included (rule 6)
 * @param minimumSampleSize below this many settled inquiries no number is shown (rule 7)
 */
public record Ruleset(
        Duration answerWithin,
        Duration horizon,
        Duration reinquirySilence,
        Duration longestDeferral,
        int excuseAllowancePercent,
        int windowDays,
        int minimumSampleSize) {

    /** The version of the rules these thresholds belong to. */
    public static final int VERSION = 2;

    public static final Ruleset DEFAULT =
            new Ruleset(Duration.ofHours(24), Duration.ofDays(7), Duration.ofHours(24), Duration.ofDays(14), 10, 30, 3);

    /** Rule 9: a message stamped longer than this after its record was appended is refused. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private static final int DAYS_KEPT_BEFORE_THE_WINDOW = 1;
    private static final int LEAST_ALLOWANCE = 2;

    /** @throws IllegalArgumentException naming the threshold that is out of range */
    public Ruleset {
        answerWithin = checked("answerWithin", answerWithin);
        horizon = checked("horizon", horizon);
        reinquirySilence = checked("reinquirySilence", reinquirySilence);
        longestDeferral = checked("longestDeferral", longestDeferral);
        if (excuseAllowancePercent < 0 || excuseAllowancePercent > 100) {
            throw new IllegalArgumentException("excuseAllowancePercent is not from 0 to 100");
        }
        if (horizon.compareTo(answerWithin) < 0) {
            throw new IllegalArgumentException("horizon is shorter than answerWithin");
        }
        if (windowDays < 1 || windowDays > 366) {
            throw new IllegalArgumentException("windowDays is not from 1 to 366");
        }
        if (minimumSampleSize < 1) {
            throw new IllegalArgumentException("minimumSampleSize is below 1");
        }
    }

    private static Duration checked(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(name + " is not from 0 to 366 days");
        }
        return duration.truncatedTo(MICROS);
    }

    /** Rule 9: a message stamped longer than this before its record was appended could no longer be shown. */
    public Duration maximumAge() {
        return Duration.ofDays(windowDays + DAYS_KEPT_BEFORE_THE_WINDOW);
    }

    /** Of a window's {@code inquiries}, how many a provider may excuse (rule 5). */
    public long excuseAllowance(long inquiries) {
        return excuseAllowancePercent == 0 ? 0 : Math.max(LEAST_ALLOWANCE, inquiries * excuseAllowancePercent / 100);
    }

    /** The first UTC day of the window at {@code now} (rule 6). */
    public LocalDate firstDay(Instant now) {
        return lastDay(now).minusDays(windowDays - 1L);
    }

    /** The last UTC day of the window at {@code now}: the current one. */
    public LocalDate lastDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
