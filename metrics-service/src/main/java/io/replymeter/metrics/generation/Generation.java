package io.replymeter.metrics.generation;

import io.replymeter.measurement.Ruleset;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One complete set of derived tables under one set of rules.
 *
 * @param number from 1 to 32,767
 * @param firstDay the first UTC day whose inquiries it keeps: earlier days had left the window when it was created; null
 *     for all days
 */
public record Generation(
        int number, Ruleset ruleset, @Nullable LocalDate firstDay) {}
