package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Spread;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many times as fast as the yardstick the variants of a quick comparison have been. */
final class Baseline {

    /** A median below this part of what it was is no noise: single rounds vary by a third. */
    private static final double FAR_BELOW = 0.5;

    private final Map<String, Double> ratios = new TreeMap<>();

    /** @throws IllegalStateException when the file is not among the resources */
    Baseline() throws IOException {
        try (InputStream file = Baseline.class.getResourceAsStream("/baseline.properties")) {
            if (file == null) {
                throw new IllegalStateException("There is no baseline.properties");
            }
            Properties stored = new Properties();
            stored.load(file);
            stored.stringPropertyNames().forEach(name -> ratios.put(name, Double.valueOf(stored.getProperty(name))));
        }
    }

    /** Those that are not in the baseline have nothing to be held to. */
    boolean has(Variant variant) {
        return ratios.containsKey(variant.name());
    }

    /** Whether no variant is far slower, beside the yardstick, than it was. */
    boolean holds(Results results) {
        return ratios.entrySet().stream()
                .allMatch(stored -> median(stored.getKey(), results) >= FAR_BELOW * stored.getValue());
    }

    String table(Results results) {
        return ratios.entrySet().stream()
                .map(stored -> "%s: %.2f × %s, baseline %.2f%n"
                        .formatted(
                                stored.getKey(),
                                median(stored.getKey(), results),
                                CompareCommand.YARDSTICK,
                                stored.getValue()))
                .collect(Collectors.joining());
    }

    /** 0 for a variant of which no run counts. */
    private static double median(String variant, Results results) {
        List<Double> ratios = results.ratios(variant, CompareCommand.YARDSTICK);
        return ratios.isEmpty() ? 0 : Spread.of(ratios).median();
    }
}
