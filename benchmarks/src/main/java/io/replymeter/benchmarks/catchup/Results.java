package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The runs so far, kept in a file, one JSON object a line, so that an interrupted comparison can go on. */
final class Results {

    /** @param counts whether it came to the expected results */
    record Entry(int round, boolean counts, Run run) {}

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();

    /** @param resumed whether to go on with what {@code file} has; otherwise it is begun again */
    Results(Path file, boolean resumed) throws IOException {
        this.file = file;
        if (!resumed) {
            Files.deleteIfExists(file);
        } else if (Files.exists(file)) {
            Files.readAllLines(file)
                    .forEach(line -> entries.add(JsonMapper.shared().readValue(line, Entry.class)));
        }
    }

    boolean has(int round, String variant) {
        return entries.stream()
                .anyMatch(entry -> entry.round == round && entry.run.variant().equals(variant));
    }

    void add(int round, Run run, boolean counts) throws IOException {
        Entry entry = new Entry(round, counts, run);
        entries.add(entry);
        String line = JsonMapper.shared().writeValueAsString(entry) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    boolean allCount() {
        return entries.stream().allMatch(Entry::counts);
    }

    /** The runs that count, by variant and round, in the order in which the variants were run first. */
    Map<String, Map<Integer, Run>> byVariant() {
        Map<String, Map<Integer, Run>> variants = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Map<Integer, Run> runs = variants.computeIfAbsent(entry.run.variant(), name -> new LinkedHashMap<>());
            if (entry.counts) {
                runs.put(entry.round, entry.run);
            }
        }
        return variants;
    }

    /** How many times as fast a variant was as {@code other} in each round in which both ran and count. */
    List<Double> ratios(String variant, String other) {
        Map<Integer, Run> others = byVariant().getOrDefault(other, Map.of());
        List<Double> ratios = new ArrayList<>();
        byVariant().getOrDefault(variant, Map.of()).forEach((round, run) -> {
            Run beside = others.get(round);
            if (beside != null) {
                ratios.add(run.eventsPerSecond() / beside.eventsPerSecond());
            }
        });
        return ratios;
    }
}
