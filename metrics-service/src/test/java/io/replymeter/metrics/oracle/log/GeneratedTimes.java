package io.replymeter.metrics.oracle.log;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Times at which the rules turn: on limits and a microsecond beside them, at midnight, at the same moment. Append times are
 * whole milliseconds and never after {@code now}.
 */
final class GeneratedTimes {

    /** How far back the log goes. */
    private static final Duration SPAN = Duration.ofDays(60);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HORIZON = Duration.ofDays(7);
    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(14);
    private static final Duration FUTURE = Duration.ofMinutes(5);
    private static final Duration TOO_OLD = Duration.ofDays(31);
    private static final List<Duration> BESIDE =
            List.of(Duration.ofNanos(-1000), Duration.ZERO, Duration.ZERO, Duration.ofNanos(1000));

    private final Chance chance;
    private final Instant now;

    GeneratedTimes(Chance chance, Instant now) {
        this.chance = chance;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    Instant now() {
        return now;
    }

    /** When something begins. */
    Instant start() {
        return switch (chance.between(0, 9)) {
            case 0 -> beside(midnight(now, -29));
            case 1 -> beside(now.minus(DAY));
            case 2 -> beside(now.minus(HORIZON));
            case 3 -> now.plus(FUTURE).plus(chance.oneOf(BESIDE));
            default -> any();
        };
    }

    /** Some time of the log. */
    Instant any() {
        return now.minus(chance.upTo(SPAN));
    }

    /** When the next message of a thread is sent, given the {@code latest} one and the {@code first} one of a burst. */
    Instant next(Instant latest, Instant first) {
        return switch (chance.between(0, 19)) {
            case 0, 1, 2 -> latest;
            case 3 -> beside(latest);
            case 4, 5 -> beside(latest.plus(DAY));
            case 6, 7 -> beside(first.plus(DAY));
            case 8 -> beside(latest.plus(HORIZON));
            case 9 -> beside(first.plus(HORIZON));
            case 10 -> beside(midnight(latest, 1));
            case 11, 12 -> latest.plus(chance.upTo(Duration.ofDays(10)));
            case 13, 14, 15 -> latest.plus(chance.upTo(Duration.ofHours(30)));
            default -> latest.plus(chance.upTo(Duration.ofMinutes(20)));
        };
    }

    /** When the provider can fairly answer a client's message sent then. */
    Instant answerableFrom(Instant sentAt) {
        return switch (chance.between(0, 9)) {
            case 0 -> sentAt.minus(chance.upTo(DAY));
            case 1 -> beside(sentAt);
            case 2 -> beside(sentAt.plus(LONGEST_DEFERRAL));
            case 3 -> sentAt.plus(chance.upTo(Duration.ofDays(20)));
            case 4 -> beside(midnight(sentAt, 1));
            case 5 -> beside(sentAt.plus(DAY));
            default -> sentAt.plus(chance.upTo(Duration.ofHours(40)));
        };
    }

    /** When an inquiry is excused whose message was sent, or whose clock started, at {@code start}. */
    Instant excused(Instant start) {
        Instant excusedAt = switch (chance.between(0, 7)) {
            case 0 -> beside(start.plus(DAY));
            case 1 -> beside(start);
            case 2 -> start.minus(chance.upTo(DAY));
            case 3 -> start.plus(chance.upTo(Duration.ofDays(20)));
            case 4 -> beside(start.plus(HORIZON));
            default -> start.plus(chance.upTo(Duration.ofHours(20)));
        };
        return notAfterNow(excusedAt);
    }

    /** The stamp of a copy that contradicts {@code sentAt}. */
    Instant contradicting(Instant sentAt) {
        Duration shift = switch (chance.between(0, 3)) {
            case 0 -> Duration.ofNanos(1000);
            case 1 -> chance.upTo(Duration.ofHours(2));
            case 2 -> DAY;
            default -> chance.upTo(Duration.ofDays(10));
        };
        return chance.oneIn(2) ? sentAt.plus(shift) : sentAt.minus(shift);
    }

    /** When the broker appends a message with this {@code stamp}: mostly at once. */
    Instant appended(Instant stamp) {
        return notAfterNow(
                switch (chance.between(0, 29)) {
                    case 0 -> ceiling(stamp).minus(FUTURE);
                    case 1 -> floor(stamp).minus(FUTURE);
                    case 2 -> ceiling(stamp).minus(chance.upTo(FUTURE));
                    case 3 -> floor(stamp).plus(TOO_OLD);
                    case 4 -> ceiling(stamp).plus(TOO_OLD);
                    case 5, 6 -> ceiling(stamp).plus(chance.upTo(TOO_OLD));
                    case 7, 8 -> ceiling(stamp).plus(chance.upTo(DAY));
                    default -> ceiling(stamp).plus(chance.upTo(Duration.ofSeconds(3)));
                });
    }

    /** When a deletion is appended, given the {@code first} and the {@code last} stamp of the copies of its message. */
    Instant deleted(Instant first, Instant last) {
        return notAfterNow(
                switch (chance.between(0, 6)) {
                    case 0 -> ceiling(last);
                    case 1 -> floor(first).plus(TOO_OLD);
                    case 2 -> floor(first).plus(TOO_OLD).plusMillis(1);
                    case 3 -> ceiling(last).plus(chance.upTo(Duration.ofDays(20)));
                    default -> ceiling(last).plus(chance.upTo(Duration.ofHours(2)));
                });
    }

    /** The stamp of a deletion that is appended at {@code appendedAt}: mostly the same. */
    Instant deletionStamp(Instant appendedAt) {
        return switch (chance.between(0, 19)) {
            case 0 -> beside(appendedAt.plus(FUTURE));
            case 1 -> beside(appendedAt.minus(TOO_OLD));
            default -> appendedAt;
        };
    }

    /** No record that contradicts a message may be appended later, since the message may be forgotten by then. */
    static Instant lastContradiction(Instant earliestStamp) {
        return floor(earliestStamp).plus(TOO_OLD);
    }

    private Instant beside(Instant limit) {
        return limit.plus(chance.oneOf(BESIDE));
    }

    private Instant notAfterNow(Instant time) {
        return time.isAfter(now) ? now : time;
    }

    private static Instant midnight(Instant time, int days) {
        return LocalDate.ofInstant(time, UTC).plusDays(days).atStartOfDay(UTC).toInstant();
    }

    private static Instant floor(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant ceiling(Instant time) {
        return floor(time.plusNanos(999_999));
    }
}
