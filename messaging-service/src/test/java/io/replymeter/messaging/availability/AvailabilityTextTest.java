package io.replymeter.messaging.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.words.Languages;
import io.replymeter.messaging.words.Words;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvailabilityTextTest {

    private static final Words ENGLISH = new Languages().english();
    private static final Instant NOW = Instant.parse("2026-12-01T23:30:00Z"); // the 2nd in Paris

    @Test
    void equalDaysThatFollowEachOtherAreOneGroup() {
        assertThat(usually(days(0, 5, "09:00", "17:00")))
                .isEqualTo("Usually answers Monday to Friday, 9:00 to 17:00, Europe/Paris");
        assertThat(usually(days(5, 7, "10:00", "24:00")))
                .isEqualTo("Usually answers Saturday and Sunday, 10:00 to 24:00, Europe/Paris");
        assertThat(usually(days(0, 7, "00:00", "24:00"))).isEqualTo("Usually answers every day, all day, Europe/Paris");
    }

    @Test
    void daysThatDifferAreListed() {
        assertThat(usually(Stream.concat(days(0, 4, "09:00", "17:00"), days(4, 5, "09:00", "12:00"))))
                .isEqualTo("Usually answers Monday to Thursday, 9:00 to 17:00; Friday, 9:00 to 12:00, Europe/Paris");
        assertThat(usually(Stream.concat(days(0, 1, "09:00", "17:00"), days(2, 3, "09:00", "17:00"))))
                .isEqualTo("Usually answers Monday, 9:00 to 17:00; Wednesday, 9:00 to 17:00, Europe/Paris");
    }

    @Test
    void severalHoursOfADayAreInTheirOrder() {
        assertThat(usually(Stream.concat(days(0, 5, "22:00", "02:00"), days(0, 5, "09:00", "12:30"))))
                .isEqualTo("Usually answers Monday to Friday, 9:00 to 12:30 and 22:00 to 2:00, Europe/Paris");
    }

    @Test
    void withoutHoursThatCountNothingIsSaid() {
        assertThat(usually(Stream.of())).isNull();
        assertThat(AvailabilityText.of(
                        new Availability(
                                "Mars/Olympus", days(0, 5, "09:00", "17:00").toList(), List.of()),
                        NOW,
                        ENGLISH))
                .isEqualTo(AvailabilityText.NONE);
    }

    @Test
    void whoIsAbsentTodayIsAwayUntilTheLastDayInARow() {
        assertThat(away()).isNull();
        assertThat(away("2026-12-01", "2026-12-01")).isNull();
        assertThat(away("2026-12-02", "2026-12-05")).isEqualTo("Away until 5 December");
        assertThat(away("2026-12-02", "2026-12-05", "2026-12-06", "2026-12-08", "2026-12-10", "2026-12-11"))
                .isEqualTo("Away until 8 December");
    }

    private static @Nullable String away(String... days) {
        List<Absence> absences = Stream.iterate(0, i -> i < days.length, i -> i + 2)
                .map(i -> new Absence(LocalDate.parse(days[i]), LocalDate.parse(days[i + 1])))
                .toList();
        return AvailabilityText.of(new Availability("Europe/Paris", List.of(), absences), NOW, ENGLISH)
                .away();
    }

    private static @Nullable String usually(Stream<OpeningHours> hours) {
        return AvailabilityText.of(new Availability("Europe/Paris", hours.toList(), List.of()), NOW, ENGLISH)
                .usuallyAnswers();
    }

    private static Stream<OpeningHours> days(int first, int end, String from, String to) {
        return Stream.of(DayOfWeek.values()).limit(end).skip(first).map(day -> new OpeningHours(day, from, to));
    }
}
