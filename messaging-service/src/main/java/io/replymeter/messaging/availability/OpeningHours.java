package io.replymeter.messaging.availability;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.DayOfWeek;

/** Hours on a day of the week. Those over midnight belong to the day on which they begin. */
record OpeningHours(
        @NotNull(message = "must be a day such as MONDAY") DayOfWeek day,

        @Schema(example = "09:00")
        @NotNull(message = FROM) @Pattern(regexp = "^([01]\\d|2[0-3]):[0-5]\\d$", message = FROM)
        String from,

        @Schema(
                example = "17:00",
                description = "24:00 is the end of the day; earlier than from means on the following day")
        @NotNull(message = TO) @Pattern(regexp = "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$", message = TO)
        String to) {

    static final int MINUTES_PER_DAY = 24 * 60;

    private static final String FROM = "must be a time from 00:00 to 23:59";
    private static final String TO = "must be a time from 00:00 to 24:00";

    /** From 0 to 1439, counted from the beginning of the day. */
    int fromMinute() {
        return minute(from);
    }

    /** Later than {@link #fromMinute()} by up to a day, hence over 1440 when it is on the following day. */
    int toMinute() {
        int end = minute(to);
        return end > fromMinute() ? end : end + MINUTES_PER_DAY;
    }

    private static int minute(String time) {
        return Integer.parseInt(time, 0, 2, 10) * 60 + Integer.parseInt(time, 3, 5, 10);
    }
}
