package io.replymeter.metrics.oracle.log;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.replymeter.metrics.oracle.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** Ways in which the same records may reach the service. Each record keeps its append time. */
public final class Arrangements {

    private final Chance chance;

    public Arrangements(long seed) {
        chance = new Chance(seed);
    }

    /** Any order, across partitions. */
    public List<LogRecord> permuted(List<LogRecord> records) {
        List<LogRecord> permuted = new ArrayList<>(records);
        chance.shuffle(permuted);
        return permuted;
    }

    /** Records appended less than {@code delay} apart may change places, across partitions. */
    public List<LogRecord> disturbed(List<LogRecord> records, Duration delay) {
        return records.stream()
                .map(record -> new Arrival(record, record.appendedAt().plus(chance.upTo(delay))))
                .sorted(comparing(Arrival::at))
                .map(Arrival::record)
                .toList();
    }

    private record Arrival(LogRecord record, Instant at) {}

    /** As a consumer may see them: each partition in its own order, some far ahead of others. */
    public List<LogRecord> interleaved(List<LogRecord> records) {
        Map<Integer, Queue<LogRecord>> partitions = records.stream()
                .sorted(comparing(LogRecord::appendedAt))
                .collect(groupingBy(LogRecord::partition, TreeMap::new, toCollection(ArrayDeque::new)));
        List<Queue<LogRecord>> left = new ArrayList<>(partitions.values());
        List<LogRecord> interleaved = new ArrayList<>();
        while (!left.isEmpty()) {
            Queue<LogRecord> partition = chance.oneOf(left);
            for (int n = chance.between(1, 30); n > 0 && !partition.isEmpty(); n--) {
                interleaved.add(partition.remove());
            }
            left.removeIf(Queue::isEmpty);
        }
        return interleaved;
    }

    /** One record in {@code n} comes a second time, anywhere after the first. */
    public List<LogRecord> duplicated(List<LogRecord> records, int n) {
        List<LogRecord> duplicated = new ArrayList<>(records);
        for (int i = 0; i < duplicated.size(); i++) {
            if (chance.oneIn(n)) {
                duplicated.add(chance.between(i + 1, duplicated.size()), duplicated.get(i));
            }
        }
        return duplicated;
    }

    /** The same order, each record in any of {@code partitions}, so that conversations meet everywhere. */
    public List<LogRecord> scattered(List<LogRecord> records, int partitions) {
        return records.stream()
                .map(record -> record.in(chance.between(0, partitions - 1)))
                .toList();
    }

    /** The same order, in batches of 1 to {@code largest}, small ones as likely as large ones. */
    public List<List<LogRecord>> batches(List<LogRecord> records, int largest) {
        List<List<LogRecord>> batches = new ArrayList<>();
        int from = 0;
        while (from < records.size()) {
            int size = chance.oneIn(3) ? chance.between(1, Math.min(3, largest)) : chance.between(1, largest);
            int to = Math.min(records.size(), from + size);
            batches.add(records.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** Up to when everything has been applied if {@code ahead} is still to come: its earliest append time, or now if empty. */
    public static Instant appliedUpTo(List<LogRecord> ahead, Instant now) {
        return ahead.stream()
                .map(LogRecord::appendedAt)
                .min(Comparator.naturalOrder())
                .orElse(now);
    }
}
