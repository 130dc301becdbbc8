package io.replymeter.messaging.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {

    private static final String PARIS = "Europe/Paris";
    private static final List<OpeningHours> WEEKDAYS = Stream.of(DayOfWeek.values())
            .limit(5)
            .map(day -> new OpeningHours(day, "09:00", "17:00"))
            .toList();

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:59:59.999999Z, 2026-11-23T08:00:00Z",
        "2026-11-23T08:00:00Z, 2026-11-23T08:00:00Z",
        "2026-11-23T15:59:59.999999Z, 2026-11-23T15:59:59.999999Z",
        "2026-11-23T16:00:00Z, 2026-11-24T08:00:00Z",
        "2026-11-20T16:00:00Z, 2026-11-23T08:00:00Z"
    })
    void aMessageWaitsForTheNextOpening(Instant sentAt, Instant expected) {
        assertThat(open(PARIS, WEEKDAYS).answerableFrom(sentAt)).isEqualTo(expected);
    }

    @Test
    void withoutHoursOneCanAlwaysAnswer() {
        Instant sentAt = Instant.parse("2026-11-22T03:14:15.926535Z");

        assertThat(open(PARIS, List.of()).answerableFrom(sentAt)).isEqualTo(sentAt);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T21:59:00Z, 2026-11-22T22:00:00Z",
        "2026-11-23T01:59:00Z, 2026-11-23T01:59:00Z",
        "2026-11-23T02:00:00Z, 2026-11-29T22:00:00Z",
        "2026-11-23T22:30:00Z, 2026-11-29T22:00:00Z"
    })
    void hoursOverMidnightBelongToTheDayOnWhichTheyBegin(Instant sentAt, Instant expected) {
        List<OpeningHours> sundayNight = List.of(new OpeningHours(DayOfWeek.SUNDAY, "22:00", "02:00"));

        assertThat(open("UTC", sundayNight).answerableFrom(sentAt)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T23:59:59Z, 2026-11-23T23:59:59Z",
        "2026-11-24T00:00:00Z, 2026-11-30T20:00:00Z",
    })
    void hoursLastUntilTheEndOfTheDay(Instant sentAt, Instant expected) {
        List<OpeningHours> evening = List.of(new OpeningHours(DayOfWeek.MONDAY, "20:00", "24:00"));

        assertThat(open("UTC", evening).answerableFrom(sentAt)).isEqualTo(expected);
    }

    @Test
    void anAbsenceLastsUntilTheOpeningAfterItsLastDay() {
        Availability away = away(PARIS, WEEKDAYS, "2026-12-01", "2026-12-05");

        assertThat(away.answerableFrom(Instant.parse("2026-11-30T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-11-30T12:00:00Z"));
        assertThat(away.answerableFrom(Instant.parse("2026-12-01T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-12-07T08:00:00Z"));
        assertThat(away(PARIS, List.of(), "2026-12-01", "2026-12-05")
                        .answerableFrom(Instant.parse("2026-12-01T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-12-05T23:00:00Z"));
    }

    @Test
    void hoursThatBeginOnADayOfAbsenceAreClosedAfterMidnightToo() {
        List<OpeningHours> nights = Stream.of(DayOfWeek.values())
                .map(day -> new OpeningHours(day, "22:00", "02:00"))
                .toList();
        Availability away = away("UTC", nights, "2026-12-01", "2026-12-01");

        assertThat(away.answerableFrom(Instant.parse("2026-12-01T01:00:00Z")))
                .isEqualTo(Instant.parse("2026-12-01T01:00:00Z"));
        assertThat(away.answerableFrom(Instant.parse("2026-12-02T01:00:00Z")))
                .isEqualTo(Instant.parse("2026-12-02T22:00:00Z"));
    }

    @Test
    void noClientWaitsLongerThanFourteenDays() {
        Instant sentAt = Instant.parse("2026-12-01T12:00:00Z");

        assertThat(away(PARIS, WEEKDAYS, "2026-12-01", "2026-12-30").answerableFrom(sentAt))
                .isEqualTo(sentAt.plus(Duration.ofDays(14)));
        assertThat(away("UTC", List.of(), "2026-12-01", "2026-12-14").answerableFrom(sentAt))
                .isEqualTo(Instant.parse("2026-12-15T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-27T07:00:00Z, 2026-03-27T08:00:00Z",
        "2026-03-30T06:00:00Z, 2026-03-30T07:00:00Z",
        "2026-10-23T06:00:00Z, 2026-10-23T07:00:00Z",
        "2026-10-26T07:00:00Z, 2026-10-26T08:00:00Z"
    })
    void hoursAreThoseOfTheClockOnTheWall(Instant sentAt, Instant opening) {
        assertThat(open(PARIS, WEEKDAYS).answerableFrom(sentAt)).isEqualTo(opening);
    }

    /** On 29 March 2026 the clocks of Paris go from 2:00 to 3:00, at 1:00 UTC. */
    @ParameterizedTest
    @CsvSource({
        "02:30, 04:00, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
        "02:30, 04:00, 2026-03-29T02:00:00Z, 2026-04-05T00:30:00Z",
        "01:00, 02:30, 2026-03-29T00:59:00Z, 2026-03-29T00:59:00Z",
        "01:00, 02:30, 2026-03-29T01:00:00Z, 2026-04-04T23:00:00Z",
        "02:15, 02:45, 2026-03-29T00:00:00Z, 2026-04-05T00:15:00Z"
    })
    void aTimeThatTheClockSkipsIsTheMomentOfTheChange(String from, String to, Instant sentAt, Instant expected) {
        List<OpeningHours> sunday = List.of(new OpeningHours(DayOfWeek.SUNDAY, from, to));

        assertThat(open(PARIS, sunday).answerableFrom(sentAt)).isEqualTo(expected);
    }

    /** On 25 October 2026 the clocks of Paris go back from 3:00 to 2:00, at 1:00 UTC. */
    @ParameterizedTest
    @CsvSource({
        "02:30, 04:00, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z",
        "02:30, 04:00, 2026-10-25T02:59:00Z, 2026-10-25T02:59:00Z",
        "01:00, 02:30, 2026-10-25T01:29:00Z, 2026-10-25T01:29:00Z",
        "01:00, 02:30, 2026-10-25T01:30:00Z, 2026-11-01T00:00:00Z"
    })
    void hoursBeginWhenTheClockFirstShowsThemAndEndWhenItLastDoes(
            String from, String to, Instant sentAt, Instant expected) {
        List<OpeningHours> sunday = List.of(new OpeningHours(DayOfWeek.SUNDAY, from, to));

        assertThat(open(PARIS, sunday).answerableFrom(sentAt)).isEqualTo(expected);
    }

    @Test
    void aDayWhoseMidnightIsSkippedBeginsAtTheChange() {
        assertThat(away("America/Sao_Paulo", List.of(), "2018-11-03", "2018-11-03")
                        .answerableFrom(Instant.parse("2018-11-03T12:00:00Z")))
                .isEqualTo(Instant.parse("2018-11-04T03:00:00Z"));
    }

    @Test
    void aTimeZoneThatIsNotKnownAnyMoreCountsAsNoOpeningHours() {
        Instant sentAt = Instant.parse("2026-11-28T03:00:00Z");

        assertThat(open("Mars/Olympus", WEEKDAYS).answerableFrom(sentAt)).isEqualTo(sentAt);
        assertThat(away("Mars/Olympus", WEEKDAYS, "2026-11-28", "2026-11-28").answerableFrom(sentAt))
                .isEqualTo(Instant.parse("2026-11-29T00:00:00Z"));
    }

    private static Availability open(String timeZone, List<OpeningHours> hours) {
        return new Availability(timeZone, hours, List.of());
    }

    private static Availability away(String timeZone, List<OpeningHours> hours, String from, String to) {
        return new Availability(timeZone, hours, List.of(new Absence(LocalDate.parse(from), LocalDate.parse(to))));
    }
}
