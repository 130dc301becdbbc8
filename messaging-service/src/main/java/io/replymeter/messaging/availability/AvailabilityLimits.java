package io.replymeter.messaging.availability;

import io.replymeter.web.InvalidRequest;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How few opening hours and how much absence a provider may have, so that neither can hide a provider who does not answer. */
final class AvailabilityLimits {

    private static final int LEAST_MINUTES_A_WEEK = 10 * 60;
    private static final int MINUTES_PER_WEEK = 7 * OpeningHours.MINUTES_PER_DAY;
    private static final int LONGEST_ABSENCE_DAYS = 30;
    private static final int MOST_DAYS_A_YEAR = 60;
    private static final int YEAR_DAYS = 365;

    private AvailabilityLimits() {}

    /**
     * What becomes of {@code given}. Absences of {@code before} that have begun and are left out end today, and stay as long
     * as the yearly limit has to count them.
     *
     * @param before the absences so far
     * @param today in the given time zone
     * @throws InvalidRequest when something is out of range; the reason says what to do
     */
    static Availability checked(Availability given, List<Absence> before, LocalDate today) {
        checkHours(given.weeklyHours());
        given.absences().forEach(absence -> check(absence, before, today));
        List<Absence> absences = Stream.concat(given.absences().stream(), begun(before, given.absences(), today))
                .filter(absence -> absence.to().isAfter(today.minusDays(YEAR_DAYS)))
                .distinct()
                .sorted(Comparator.comparing(Absence::from).thenComparing(Absence::to))
                .toList();
        checkYear(absences);
        return new Availability(given.timeZone(), given.weeklyHours(), absences);
    }

    private static Stream<Absence> begun(List<Absence> before, List<Absence> given, LocalDate today) {
        return before.stream()
                .filter(absence -> !absence.from().isAfter(today) && !given.contains(absence))
                .map(absence -> absence.to().isAfter(today) ? new Absence(absence.from(), today) : absence);
    }

    private static void checkHours(List<OpeningHours> weeklyHours) {
        BitSet week = new BitSet(MINUTES_PER_WEEK);
        for (OpeningHours hours : weeklyHours) {
            if (hours.from().equals(hours.to())) {
                throw refused("weeklyHours", "must not begin and end at the same time: a whole day is 00:00 to 24:00");
            }
            BitSet open = minutesOfTheWeek(hours);
            if (week.intersects(open)) {
                throw refused("weeklyHours", "must not overlap: give each time once");
            }
            week.or(open);
        }
        if (!weeklyHours.isEmpty() && week.cardinality() < LEAST_MINUTES_A_WEEK) {
            throw refused(
                    "weeklyHours", "must come to at least 10 hours a week, or be empty if you answer at any time");
        }
    }

    /** Sunday's hours over midnight end on Monday. */
    private static BitSet minutesOfTheWeek(OpeningHours hours) {
        int day = hours.day().ordinal() * OpeningHours.MINUTES_PER_DAY;
        BitSet minutes = new BitSet(MINUTES_PER_WEEK);
        minutes.set(day + hours.fromMinute(), Math.min(day + hours.toMinute(), MINUTES_PER_WEEK));
        minutes.set(0, Math.max(0, day + hours.toMinute() - MINUTES_PER_WEEK));
        return minutes;
    }

    private static void check(Absence absence, List<Absence> before, LocalDate today) {
        if (before.contains(absence)) {
            return;
        }
        if (absence.from().isBefore(today)) {
            throw refused(
                    "absences",
                    "must begin today or later: send one that has begun as it is, or leave it out to end it today");
        }
        if (absence.from().isAfter(today.plusDays(YEAR_DAYS))) {
            throw refused("absences", "must begin within a year: add later ones when the time comes");
        }
        if (absence.length() < 1 || absence.length() > LONGEST_ABSENCE_DAYS) {
            throw refused("absences", "must end on the day they begin or up to 29 days later");
        }
    }

    private static void checkYear(List<Absence> absences) {
        TreeSet<LocalDate> days = new TreeSet<>();
        absences.forEach(absence -> absence.days().forEach(days::add));
        boolean tooMany = days.stream()
                .anyMatch(day -> days.subSet(day, day.plusDays(YEAR_DAYS)).size() > MOST_DAYS_A_YEAR);
        if (tooMany) {
            throw refused(
                    "absences",
                    "must come to at most 60 days in any 365, those of the past year included: take away some days");
        }
    }

    private static InvalidRequest refused(String field, String reason) {
        return new InvalidRequest(field, reason);
    }
}
