package io.replymeter.messaging.availability;

import io.replymeter.messaging.words.Words;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    public static final AvailabilityText NONE = new AvailabilityText(null, null);

    static AvailabilityText of(Availability availability, Instant now, Words words) {
        return new AvailabilityText(
                usuallyAnswers(availability, words), away(availability, availability.dayOf(now), words));
    }

    private static @Nullable String usuallyAnswers(Availability availability, Words words) {
        List<OpeningHours> hours = availability.hours();
        if (hours.isEmpty()) {
            return null;
        }
        return words.say(
                "hours",
                Map.of(
                        "times", join(groups(hours, words), "hours.two-groups", words),
                        "zone", availability.timeZone()));
    }

    /** "Monday to Thursday, 9:00 to 17:00" and "Friday, 9:00 to 12:00". */
    private static List<String> groups(List<OpeningHours> hours, Words words) {
        List<String> groups = new ArrayList<>();
        int first = 0;
        for (int next = 1; next <= DayOfWeek.values().length; next++) {
            String times = times(hours, first, words);
            if (next == DayOfWeek.values().length || !times(hours, next, words).equals(times)) {
                if (!times.isEmpty()) {
                    groups.add(words.say("hours.day", Map.of("days", days(first, next - 1, words), "times", times)));
                }
                first = next;
            }
        }
        return groups;
    }

    private static String times(List<OpeningHours> hours, int day, Words words) {
        List<String> times = hours.stream()
                .filter(one -> one.day().ordinal() == day)
                .sorted(Comparator.comparing(OpeningHours::from))
                .map(one -> times(one, words))
                .toList();
        return join(times, "hours.two-times", words);
    }

    private static String join(List<String> parts, String two, Words words) {
        return parts.stream()
                .reduce((first, second) -> words.say(two, Map.of("first", first, "second", second)))
                .orElse("");
    }

    private static String times(OpeningHours hours, Words words) {
        boolean wholeDay = hours.toMinute() - hours.fromMinute() == OpeningHours.MINUTES_PER_DAY;
        return wholeDay
                ? words.say("hours.all-day")
                : words.say("hours.times", Map.of("from", clock(hours.from(), words), "to", clock(hours.to(), words)));
    }

    private static String clock(String time, Words words) {
        int hour = Integer.parseInt(time, 0, 2, 10);
        int minute = Integer.parseInt(time, 3, 5, 10);
        return words.say("hours.clock", Map.of("hour", hour, "minute", minute));
    }

    private static String days(int first, int last, Words words) {
        if (last - first == DayOfWeek.values().length - 1) {
            return words.say("hours.every-day");
        }
        if (first == last) {
            return name(first, words);
        }
        return words.say(
                last - first == 1 ? "hours.two-days" : "hours.days",
                Map.of("first", name(first, words), "last", name(last, words)));
    }

    private static String name(int day, Words words) {
        return words.name(DayOfWeek.of(day + 1));
    }

    private static @Nullable String away(Availability availability, LocalDate today, Words words) {
        if (!availability.isAbsentOn(today)) {
            return null;
        }
        LocalDate last = today;
        while (availability.isAbsentOn(last.plusDays(1))) {
            last = last.plusDays(1);
        }
        return words.say("away", Map.of("day", last));
    }
}
