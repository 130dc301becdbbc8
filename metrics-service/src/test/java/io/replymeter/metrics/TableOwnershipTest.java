package io.replymeter.metrics;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNullElse;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each table has one class that holds its SQL and its row mapping. */
class TableOwnershipTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Path SOURCES = Path.of("src/main/java/io/replymeter/metrics");

    /** Who may name a table in SQL: a class, or every class of a package whose name ends with a dot. */
    private static final Map<String, Set<String>> OWNERS = Map.ofEntries(
            entry("conversation", Set.of("tables.Conversations", "comparison.")),
            entry("inquiry", Set.of("tables.Inquiries", "tables.LiveTables", "comparison.")),
            entry("daily_metrics", Set.of("tables.DailyMetrics", "tables.LiveTables", "comparison.")),
            entry("generation", Set.of("generation.Generations", "generation.Rebuilds")),
            entry("active_generation", Set.of("generation.Generations")),
            entry("rebuild", Set.of("generation.Rebuilds")),
            entry("partition_offset", Set.of("log.PartitionOffsets")),
            entry("ignored_records", Set.of("ingest.IgnoredRecords")),
            entry("quarantine", Set.of("ingest.Quarantine", "ingest.QuarantinedRecords")),
            entry("verification", Set.of("comparison.Verifications")));

    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)");
    /** Comments and characters are matched too, so that a quotation mark in them begins no string. */
    private static final Pattern STRING = Pattern.compile(
            "(?s)/\\*.*?\\*/|//[^\n]*|'(?:\\\\.|[^'\\\\])+'" + "|\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\n])*)\"");
    /** A table after a keyword, or {@code table (column, …)} as {@code COPY} takes it. */
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ONLY|LIKE)\\s+(\\w+)|^\\s*(\\w+) \\(\\w+, ");

    @Test
    void everyTableHasAnOwner() {
        Set<String> created = files(MIGRATIONS, ".sql")
                .flatMap(migration -> CREATED.matcher(text(migration)).results())
                .map(table -> table.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(OWNERS).containsOnlyKeys(created.toArray(String[]::new));
    }

    @Test
    void onlyItsOwnersNameATable() {
        List<String> trespasses = files(SOURCES, ".java")
                .flatMap(source -> tablesNamedIn(text(source)).stream()
                        .filter(not(table -> isOwner(className(source), table)))
                        .map(table -> className(source) + " names " + table))
                .toList();

        assertThat(trespasses).isEmpty();
    }

    @Test
    void everyOwnerNamesItsTable() {
        Map<String, Set<String>> tablesByClass = files(SOURCES, ".java")
                .collect(toMap(TableOwnershipTest::className, source -> tablesNamedIn(text(source))));

        OWNERS.forEach((table, owners) -> assertThat(owners)
                .filteredOn(not(owner -> owner.endsWith(".")))
                .allSatisfy(owner -> assertThat(tablesByClass.get(owner)).contains(table)));
    }

    private static boolean isOwner(String className, String table) {
        return OWNERS.getOrDefault(table, Set.of()).stream()
                .anyMatch(owner -> owner.endsWith(".") ? className.startsWith(owner) : className.equals(owner));
    }

    private static Set<String> tablesNamedIn(String source) {
        return STRING.matcher(source)
                .results()
                .map(TableOwnershipTest::eitherGroup)
                .flatMap(sql -> NAMED.matcher(sql).results())
                .map(TableOwnershipTest::eitherGroup)
                .filter(OWNERS::containsKey)
                .collect(toCollection(TreeSet::new));
    }

    private static String eitherGroup(MatchResult match) {
        return requireNonNullElse(match.group(1), requireNonNullElse(match.group(2), ""));
    }

    private static String className(Path source) {
        String name = SOURCES.relativize(source).toString().replace('/', '.');
        return name.substring(0, name.length() - ".java".length());
    }

    private static Stream<Path> files(Path folder, String extension) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(extension)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
