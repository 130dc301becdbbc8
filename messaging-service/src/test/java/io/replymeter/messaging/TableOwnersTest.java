package io.replymeter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each table's SQL stands in the classes that own the table, and nowhere else. */
class TableOwnersTest {

    private static final Map<String, Set<String>> OWNERS = Map.ofEntries(
            Map.entry(
                    "users", Set.of("User", "Users", "UserRoles", "UserStates", "Blocks", "Profiles", "MetricsCache")),
            Map.entry("erasures", Set.of("Erasures")),
            Map.entry("stale_response_metrics", Set.of("StaleResponseMetrics", "MetricsCache")),
            Map.entry("availability", Set.of("Availabilities")),
            Map.entry("conversations", Set.of("Conversation", "Conversations", "HistoryTables")),
            Map.entry("messages", Set.of("Message", "Messages", "HistoryTables", "QuickAnswers", "SteadyMessages")),
            Map.entry("idempotency_keys", Set.of("IdempotencyKeys")),
            Map.entry("team_members", Set.of("Members")),
            Map.entry("excuses", Set.of("Excuses")),
            Map.entry("bans", Set.of("Blocks")),
            Map.entry("blocks", Set.of("Blocks")),
            Map.entry("quick_answers", Set.of("QuickAnswers")),
            Map.entry("steady_messages", Set.of("SteadyMessages")),
            Map.entry("outbox", Set.of("Outbox", "ShardConnection")));

    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\\s+(?:ONLY\\s+)?(" + String.join("|", OWNERS.keySet())
                    + ")\\b|@Table\\(\"(\\w+)\"\\)",
            Pattern.CASE_INSENSITIVE);

    @Test
    void onlyItsOwnersNameATable() throws IOException {
        Map<String, Set<String>> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher names = NAMED.matcher(Files.readString(file));
                while (names.find()) {
                    String table = names.group(1) == null ? names.group(2) : names.group(1);
                    named.computeIfAbsent(table, any -> new TreeSet<>())
                            .add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }

        assertThat(named).isEqualTo(OWNERS);
    }

    @Test
    void everyTableOfTheSchemaHasAnOwner() throws IOException {
        Set<String> created = new TreeSet<>();
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path migration : migrations.toList()) {
                Pattern.compile("CREATE TABLE (\\w+)")
                        .matcher(Files.readString(migration))
                        .results()
                        .forEach(table -> created.add(table.group(1)));
            }
        }

        assertThat(created).isEqualTo(OWNERS.keySet());
    }
}
