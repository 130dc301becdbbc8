package io.replymeter.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.replymeter.faults.load.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What happened, as Markdown. */
final class Report {

    private record Entry(String kind, String rebuildState, double seconds, double afterMending, double gap) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private int checks;
    private int posts;
    private int reads;
    private int records;
    private int errors;

    /**
     * @param time until all flowed again, from when mending began; from when the fault began if another instance took over
     * @param afterMending the same, from when all processes ran again
     * @param gap how long readers waited meanwhile from one answer to the next
     */
    void recovered(String kind, String rebuildState, Duration time, Duration afterMending, Duration gap) {
        entries.add(new Entry(kind, rebuildState, seconds(time), seconds(afterMending), seconds(gap)));
    }

    /** @param records that were appended to the topic so far */
    void checked(Journal journal, int records) {
        checks++;
        this.posts = journal.posts().size();
        this.reads = journal.reads();
        this.records = records;
        this.errors = journal.errors();
    }

    void found(List<String> more) {
        findings.addAll(more);
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private long faults() {
        return entries.stream()
                .filter(entry -> !entry.kind().equals(Campaign.NOTHING))
                .count();
    }

    private long count(String kind) {
        return findings.stream().filter(finding -> finding.startsWith(kind)).count();
    }

    private static String row(String kind, List<Entry> entries) {
        List<Double> sorted = entries.stream().map(Entry::seconds).sorted().toList();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.1f | %.1f |%n",
                kind,
                sorted.size(),
                (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2,
                sorted.get(sorted.size() - 1),
                entries.stream().mapToDouble(Entry::afterMending).max().orElse(0),
                entries.stream().mapToDouble(Entry::gap).max().orElse(0));
    }

    String markdown(String title) {
        StringBuilder text = new StringBuilder();
        text.append("# %s%n%n".formatted(title));
        text.append(
                "%d faults or replacements, %d checks, %d acknowledged posts, %d reads, %d records. Lost: %d. Counted twice: %d.%n"
                        .formatted(faults(), checks, posts, reads, records, count("lost"), count("twice")));
        text.append("Other findings: %d. Requests that failed on both instances: %d.%n%n"
                .formatted(findings.size() - count("lost") - count("twice"), errors));
        text.append(
                "| what happened | times | median, s | worst, s | worst once all ran, s | longest gap between reads, s |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        new TreeMap<>(entries.stream().collect(groupingBy(Entry::kind)))
                .forEach((kind, times) -> text.append(row(kind, times)));
        text.append("\nState of the generation beside the live one when the fault began: ")
                .append(new TreeMap<>(entries.stream().collect(groupingBy(Entry::rebuildState, counting()))))
                .append(".\n");
        findings.stream().limit(50).forEach(finding -> text.append("\n- ").append(finding));
        return text.append('\n').toString();
    }
}
