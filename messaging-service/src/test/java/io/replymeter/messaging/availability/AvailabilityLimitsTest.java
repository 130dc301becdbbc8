package io.replymeter.messaging.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.web.InvalidRequest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailabilityLimitsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Test
    void anyHoursComeToTenAWeek() {
        assertRefused(hours("MONDAY 09:00 18:59"), "at least 10 hours");
        accept(hours("MONDAY 09:00 19:00"));
        accept(hours("SUNDAY 20:00 06:00"));
        accept(hours("TUESDAY 09:00 14:00", "THURSDAY 09:00 14:00"));
        accept(hours());
    }

    @Test
    void noTimeIsGivenTwice() {
        assertRefused(hours("MONDAY 09:00 17:00", "MONDAY 16:59 23:00"), "overlap");
        assertRefused(hours("SUNDAY 22:00 10:00", "MONDAY 09:59 20:00"), "overlap");
        accept(hours("SUNDAY 22:00 10:00", "MONDAY 10:00 20:00"));
        accept(hours("MONDAY 14:00 24:00", "TUESDAY 00:00 24:00"));
        assertRefused(hours("MONDAY 09:00 09:00"), "same time");
        assertRefused(hours("MONDAY 00:00 00:00"), "same time");
    }

    @Test
    void anAbsenceHasOneToThirtyDays() {
        accept(away(0, 0));
        accept(away(0, 29));
        assertRefused(away(0, 30), "29 days later");
        assertRefused(away(1, 0), "29 days later");
    }

    @Test
    void anAbsenceBeginsTodayOrLaterUnlessItIsThereAlready() {
        assertRefused(away(-1, 3), "begin today or later");
        assertThat(accept(away(-1, 3), absence(-1, 3))).containsExactly(absence(-1, 3));
        assertRefused(away(-1, 4), "begin today or later", absence(-1, 3));
        assertRefused(away(366, 367), "within a year");
        accept(away(365, 366));
    }

    @Test
    void anAbsenceThatHasBegunAndIsLeftOutEndsToday() {
        Absence[] before = {absence(-40, -38), absence(-2, 5), absence(0, 5), absence(1, 7)};

        assertThat(accept(hours(), before)).containsExactly(absence(-40, -38), absence(-2, 0), absence(0, 0));
    }

    @Test
    void anyYearHasAtMostSixtyDaysOfAbsence() {
        accept(away(0, 29, 40, 69));
        assertRefused(away(0, 29, 40, 69, 100, 100), "at most 60 days");
        accept(away(0, 29, 20, 49, 49, 59));
        accept(away(0, 29, 30, 59, 365, 365));
        assertRefused(away(0, 29, 30, 59, 364, 364), "at most 60 days");
    }

    @Test
    void theAbsencesOfThePastYearCountAlsoWhenTheyAreLeftOut() {
        assertRefused(away(0, 29, 40, 69), "at most 60 days", absence(-100, -100));
        assertRefused(away(0, 29, 40, 68), "at most 60 days", absence(-1, 20), absence(-200, -199));
        assertThat(accept(away(0, 1), absence(-366, -365))).containsExactly(absence(0, 1));
        assertThat(accept(away(0, 1), absence(-366, -364))).hasSize(2);
    }

    private static List<Absence> accept(Availability given, Absence... before) {
        return AvailabilityLimits.checked(given, List.of(before), TODAY).absences();
    }

    private static void assertRefused(Availability given, String reason, Absence... before) {
        assertThatThrownBy(() -> accept(given, before))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.getBody().getDetail()).contains(reason));
    }

    private static Availability hours(String... hours) {
        return new Availability(
                "Europe/Paris",
                List.of(hours).stream()
                        .map(one -> one.split(" "))
                        .map(one -> new OpeningHours(DayOfWeek.valueOf(one[0]), one[1], one[2]))
                        .toList(),
                List.of());
    }

    /** Absences by their first and last days, counted from today. */
    private static Availability away(int... days) {
        List<Absence> absences = new ArrayList<>();
        for (int i = 0; i < days.length; i += 2) {
            absences.add(absence(days[i], days[i + 1]));
        }
        return new Availability("Europe/Paris", List.of(), absences);
    }

    private static Absence absence(int from, int to) {
        return new Absence(TODAY.plusDays(from), TODAY.plusDays(to));
    }
}
