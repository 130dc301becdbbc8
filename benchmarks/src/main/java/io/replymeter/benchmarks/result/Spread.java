package io.replymeter.benchmarks.result;

import java.util.Collection;
import java.util.List;

/** The least, the median and the greatest of some measured values. */
public record Spread(double min, double median, double max) {

    /** @throws IllegalArgumentException when there are no values */
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("No values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int count = sorted.size();
        double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(count - 1));
    }

    /** Median (min–max), each in {@code format}. */
    public String format(String format) {
        return (format + " (" + format + "–" + format + ")").formatted(median, min, max);
    }
}
