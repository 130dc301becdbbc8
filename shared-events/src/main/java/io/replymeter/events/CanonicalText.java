package io.replymeter.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Reads ids and times in their canonical form, straight from the characters. Another form throws a {@link
 * NonCanonical}, an impossible digit an {@link IllegalArgumentException}, an impossible date a {@link
 * java.time.DateTimeException}.
 */
final class CanonicalText {

    private static final int UUID_LENGTH = 36;
    private static final int SECONDS_LENGTH = "2026-11-22T10:00:00".length();
    private static final int NANO_DIGITS = 9;

    private CanonicalText() {}

    /**
     * The event is not written in the canonical form, so that {@link StreamingDecoder} leaves it to {@link EventCodec}. It is
     * thrown often and caught at once, and has no stack trace.
     */
    @SuppressWarnings("serial")
    static final class NonCanonical extends RuntimeException {

        static final NonCanonical INSTANCE = new NonCanonical();

        private NonCanonical() {
            super(null, null, false, false);
        }

        static void unless(boolean canonical) {
            if (!canonical) {
                throw INSTANCE;
            }
        }
    }

    static UUID uuid(char[] text, int at, int length) {
        NonCanonical.unless(length == UUID_LENGTH && text[at + 8] == '-' && text[at + 13] == '-');
        NonCanonical.unless(text[at + 18] == '-' && text[at + 23] == '-');
        long high = hex(text, at, 8) << 32 | hex(text, at + 9, 4) << 16 | hex(text, at + 14, 4);
        return new UUID(high, hex(text, at + 19, 4) << 48 | hex(text, at + 24, 12));
    }

    private static long hex(char[] text, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number << 4 | HexFormat.fromHexDigit(text[i]);
        }
        return number;
    }

    /** Reads a time like {@code 2026-11-22T10:00:00Z}, with at most nine digits of a fraction. */
    static Instant time(char[] text, int at, int length) {
        int end = at + length - 1;
        NonCanonical.unless(length > SECONDS_LENGTH && text[end] == 'Z');
        NonCanonical.unless(text[at + 4] == '-' && text[at + 7] == '-' && text[at + 10] == 'T');
        NonCanonical.unless(text[at + 13] == ':' && text[at + 16] == ':');
        LocalDate date = LocalDate.of(number(text, at, 4), number(text, at + 5, 2), number(text, at + 8, 2));
        int hour = number(text, at + 11, 2);
        int minute = number(text, at + 14, 2);
        int second = number(text, at + 17, 2);
        NonCanonical.unless(hour < 24 && minute < 60 && second < 60);
        long seconds = TimeUnit.DAYS.toSeconds(date.toEpochDay()) + (hour * 60 + minute) * 60L + second;
        return Instant.ofEpochSecond(seconds, nanos(text, at + SECONDS_LENGTH, end));
    }

    private static int nanos(char[] text, int from, int end) {
        if (from == end) {
            return 0;
        }
        int digits = end - from - 1;
        NonCanonical.unless(text[from] == '.' && digits >= 1 && digits <= NANO_DIGITS);
        int nanos = number(text, from + 1, digits);
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            NonCanonical.unless(text[i] >= '0' && text[i] <= '9');
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
