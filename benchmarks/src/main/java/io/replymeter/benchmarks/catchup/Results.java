package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs so far, kept in a file line by line, so that an interrupted comparison can go on. */
final class Results {

    /** @param counts whether its results were those of all others */
    record Entry(int round, boolean counts, Run run) {}

    private static final String SEPARATOR = ";";

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();

    /** @param resumed whether to go on with what {@code file} has; else it begins anew */
    Results(Path file, boolean resumed) throws IOException {
        this.file = file;
        if (!resumed) {
            Files.deleteIfExists(file);
        } else if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> entries.add(entry(line)));
        }
    }

    boolean has(int round, String variant) {
        return entries.stream()
                .anyMatch(entry -> entry.round == round && entry.run.variant().equals(variant));
    }

    void add(int round, Run run, boolean counts) throws IOException {
        Entry entry = new Entry(round, counts, run);
        entries.add(entry);
        Files.writeString(file, line(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    boolean allCount() {
        return entries.stream().allMatch(Entry::counts);
    }

    /** The runs that count, by variant and round, in the order in which the variants were run first. */
    Map<String, Map<Integer, Run>> byVariant() {
        Map<String, Map<Integer, Run>> runs = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Map<Integer, Run> its = runs.computeIfAbsent(entry.run.variant(), name -> new LinkedHashMap<>());
            if (entry.counts) {
                its.put(entry.round, entry.run);
            }
        }
        return runs;
    }

    private static String line(Entry entry) {
        Run run = entry.run;
        Object[] fields = {
            entry.round,
            entry.counts,
            run.variant(),
            run.events(),
            run.seconds(),
            run.startSeconds(),
            run.cpuSeconds(),
            run.postgresqlCpuSeconds(),
            run.kafkaCpuSeconds(),
            run.checksum()
        };
        return String.join(
                SEPARATOR, Arrays.stream(fields).map(Object::toString).toList());
    }

    private static Entry entry(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        Run run = new Run(
                fields[2],
                Long.parseLong(fields[3]),
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[6]),
                Double.parseDouble(fields[7]),
                Double.parseDouble(fields[8]),
                fields[9]);
        return new Entry(Integer.parseInt(fields[0]), Boolean.parseBoolean(fields[1]), run);
    }
}
