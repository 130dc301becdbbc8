package io.replymeter.messaging.availability;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRulesProvider;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a provider answers. A time zone that this JVM does not know counts as no opening hours, and absences are days in UTC
 * then.
 *
 * @param weeklyHours in which the provider can answer; empty if always
 * @param absences days on which no opening hours begin
 */
record Availability(
        @Schema(example = "Europe/Paris", description = "A name of the IANA time zone database")
        @NotNull(message = "must be an IANA time zone such as Europe/Paris") String timeZone,

        @Schema(description = "Empty or absent if always open; else they come to at least 10 hours a week")
        @Size(max = 100, message = "must be at most 100") List<@Valid OpeningHours> weeklyHours,

        @Schema(
                description = "Each has at most 30 days and begins today or later, or is one from before, unchanged; "
                        + "any 365 days have at most 60 days of absence")
        @Size(max = 100, message = "must be at most 100") List<@Valid Absence> absences) {

    /** A client waits no longer than this for the moment from which an answer is expected (rule 3). */
    static final Duration LONGEST_DEFERRAL = Duration.ofDays(14);

    private record Opening(Instant start, Instant end) {

        /** False also for an opening of which the clock skips everything. */
        boolean endsAfter(Instant time) {
            return end.isAfter(time) && end.isAfter(start);
        }
    }

    Availability {
        weeklyHours = copy(weeklyHours);
        absences = copy(absences);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static boolean isKnown(String timeZone) {
        return ZoneRulesProvider.getAvailableZoneIds().contains(timeZone);
    }

    ZoneId zone() {
        return isKnown(timeZone) ? ZoneId.of(timeZone) : ZoneOffset.UTC;
    }

    LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, zone());
    }

    boolean isAbsentOn(LocalDate day) {
        return absences.stream().anyMatch(absence -> absence.includes(day));
    }

    /** The opening hours that count. */
    List<OpeningHours> hours() {
        return isKnown(timeZone) ? weeklyHours : List.of();
    }

    /**
     * The first moment at or after {@code sentAt} that lies in opening hours which begin on a day without absence, but at
     * most {@link #LONGEST_DEFERRAL} after it (rule 3).
     */
    Instant answerableFrom(Instant sentAt) {
        Instant limit = sentAt.plus(LONGEST_DEFERRAL);
        LocalDate yesterday = dayOf(sentAt).minusDays(1); // its hours may reach beyond midnight
        return yesterday
                .datesUntil(dayOf(limit).plusDays(1))
                .filter(day -> !isAbsentOn(day))
                .flatMap(this::openings)
                .filter(opening -> opening.endsAfter(sentAt))
                .map(opening -> opening.start().isAfter(sentAt) ? opening.start() : sentAt)
                .min(Comparator.naturalOrder())
                .filter(limit::isAfter)
                .orElse(limit);
    }

    private Stream<Opening> openings(LocalDate day) {
        if (hours().isEmpty()) {
            return Stream.of(opening(day, 0, OpeningHours.MINUTES_PER_DAY));
        }
        return hours().stream()
                .filter(hours -> hours.day() == day.getDayOfWeek())
                .map(hours -> opening(day, hours.fromMinute(), hours.toMinute()));
    }

    private Opening opening(LocalDate day, int fromMinute, int toMinute) {
        LocalDateTime midnight = day.atStartOfDay();
        LocalDateTime end = midnight.plusMinutes(toMinute);
        return new Opening(start(midnight.plusMinutes(fromMinute)), end(end));
    }

    /** When the clock shows {@code time} for the first time, or skips it. */
    private Instant start(LocalDateTime time) {
        ZoneOffsetTransition change = zone().getRules().getTransition(time);
        if (change == null) {
            return time.atZone(zone()).toInstant();
        }
        return change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore());
    }

    /** When the clock shows {@code time} for the last time, or skips it. */
    private Instant end(LocalDateTime time) {
        ZoneOffsetTransition change = zone().getRules().getTransition(time);
        if (change == null) {
            return time.atZone(zone()).toInstant();
        }
        return change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetAfter());
    }
}
