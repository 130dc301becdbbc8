package io.replymeter.messaging.availability;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** Whole days on which a provider does not answer. */
record Absence(
        @Schema(description = "The first day, in the time zone of the availability")
        @NotNull(message = "must be a date such as 2026-12-01") LocalDate from,

        @Schema(description = "The last day; the provider is back on the day after it")
        @NotNull(message = "must be a date such as 2026-12-05") LocalDate to) {

    boolean includes(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** How many days it has; less than 1 if it ends before it begins. */
    long length() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    Stream<LocalDate> days() {
        return from.datesUntil(to.plusDays(1));
    }
}
