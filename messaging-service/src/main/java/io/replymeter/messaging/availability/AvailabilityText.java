package io.replymeter.messaging.availability;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a provider answers, as a person says it.
 *
 * @param usuallyAnswers null if there are no opening hours
 * @param away null unless the provider is absent today
 */
public record AvailabilityText(
        @Schema(
                example = "Usually answers Monday to Friday, 9:00 to 17:00, Europe/Paris",
                description = "Null if the provider has given no opening hours.")
        @Nullable String usuallyAnswers,

        @Schema(
                example = "Away until 5 December",
                description = "Up to and including that day; null unless away today.")
        @Nullable String away) {

    static final AvailabilityText NONE = new AvailabilityText(null, null);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    static AvailabilityText of(Availability availability, Instant now) {
        return new AvailabilityText(usuallyAnswers(availability), away(availability, availability.dayOf(now)));
    }

    private static @Nullable String usuallyAnswers(Availability availability) {
        List<OpeningHours> hours = availability.hours();
        if (hours.isEmpty()) {
            return null;
        }
        return "Usually answers " + String.join("; ", groups(hours)) + ", " + availability.timeZone();
    }

    /** "Monday to Thursday, 9:00 to 17:00" and "Friday, 9:00 to 12:00". */
    private static List<String> groups(List<OpeningHours> hours) {
        List<String> groups = new ArrayList<>();
        int first = 0;
        for (int next = 1; next <= DayOfWeek.values().length; next++) {
            String times = times(hours, first);
            if (next == DayOfWeek.values().length || !times(hours, next).equals(times)) {
                if (!times.isEmpty()) {
                    groups.add(days(first, next - 1) + ", " + times);
                }
                first = next;
            }
        }
        return groups;
    }

    private static String times(List<OpeningHours> hours, int day) {
        return hours.stream()
                .filter(one -> one.day().ordinal() == day)
                .sorted(Comparator.comparing(OpeningHours::from))
                .map(AvailabilityText::times)
                .collect(Collectors.joining(" and "));
    }

    private static String times(OpeningHours hours) {
        boolean wholeDay = hours.toMinute() - hours.fromMinute() == OpeningHours.MINUTES_PER_DAY;
        return wholeDay ? "all day" : time(hours.from()) + " to " + time(hours.to());
    }

    private static String time(String time) {
        return time.startsWith("0") ? time.substring(1) : time;
    }

    private static String days(int first, int last) {
        if (last - first == DayOfWeek.values().length - 1) {
            return "every day";
        }
        if (first == last) {
            return name(first);
        }
        return name(first) + (last - first == 1 ? " and " : " to ") + name(last);
    }

    private static String name(int day) {
        return DayOfWeek.of(day + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static @Nullable String away(Availability availability, LocalDate today) {
        if (!availability.isAbsentOn(today)) {
            return null;
        }
        LocalDate last = today;
        while (availability.isAbsentOn(last.plusDays(1))) {
            last = last.plusDays(1);
        }
        return "Away until " + DAY.format(last);
    }
}
