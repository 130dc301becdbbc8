package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.result.Spread;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results as a Markdown table. Ratios compare runs of the same round. */
final class ComparisonTable {

    private ComparisonTable() {}

    static String of(Results results) {
        Map<String, Map<Integer, Run>> variants = results.byVariant();
        StringBuilder table = new StringBuilder("""
                | variant | events/s: median (min–max) | × Kafka Streams tuned: median (min–max) | runs | CPU an event, µs: itself + PostgreSQL + broker |
                | --- | --- | --- | --- | --- |
                """);
        variants.forEach((name, runs) -> table.append(row(name, runs, results.ratios(name, CompareCommand.YARDSTICK))));
        return table.toString();
    }

    private static String row(String name, Map<Integer, Run> runs, List<Double> ratios) {
        if (runs.isEmpty()) {
            return "| %s | does not count | | 0 | |%n".formatted(name);
        }
        return "| %s | %s | %s | %d | %s |%n"
                .formatted(
                        name,
                        spread(runs.values(), Run::eventsPerSecond).format("%,.0f"),
                        ratios.isEmpty() ? "" : Spread.of(ratios).format("%.2f"),
                        runs.size(),
                        cpu(runs.values()));
    }

    private static String cpu(Collection<Run> runs) {
        Spread own = spread(runs, run -> run.microsAnEvent(run.cpuSeconds()));
        Spread postgresql = spread(runs, run -> run.microsAnEvent(run.servers().postgresql()));
        Spread kafka = spread(runs, run -> run.microsAnEvent(run.servers().kafka()));
        return "%.1f + %.1f + %.1f".formatted(own.median(), postgresql.median(), kafka.median());
    }

    private static Spread spread(Collection<Run> runs, ToDoubleFunction<Run> value) {
        return Spread.of(runs.stream().map(value::applyAsDouble).toList());
    }
}
