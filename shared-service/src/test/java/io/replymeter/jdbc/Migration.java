package io.replymeter.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A migration's file, and why it would keep writers of a big table waiting. */
public record Migration(String name, String sql) {

    private static final Pattern ON_A_TABLE = Pattern.compile(
            "^(?:CREATE (?:UNIQUE )?INDEX .*? ON|ALTER TABLE|UPDATE|DELETE FROM|CLUSTER|VACUUM FULL|REINDEX TABLE|LOCK TABLE)"
                    + " (?:IF EXISTS )?(?:ONLY )?(\\w+)");

    private static final Pattern ADDED = Pattern.compile(
            "ADD (?:CONSTRAINT \\w+|CHECK|FOREIGN KEY|UNIQUE|PRIMARY KEY|EXCLUDE)(?:(?!, (?:ADD|ALTER|DROP|VALIDATE) ).)*");

    /** What reads or rewrites all rows while nobody else may write, and what to do instead. */
    private static final Map<String, Pattern> REFUSED = Map.of(
            "CREATE INDEX without CONCURRENTLY", Pattern.compile("^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)"),
            "SET NOT NULL: add a NOT VALID constraint, and validate it in the next migration",
                    Pattern.compile(" SET NOT NULL"),
            "a column's type changes: add another column",
                    Pattern.compile(" ALTER (?:COLUMN )?\\w+ (?:SET DATA )?TYPE "),
            "a new column that every row is written for",
                    Pattern.compile(" ADD COLUMN (?:(?!, ADD ).)*(?:GENERATED|SERIAL|DEFAULT (?!NOW\\(\\))\\w+\\()"),
            "a new column with a constraint: add that apart, NOT VALID",
                    Pattern.compile(" ADD COLUMN (?:(?!, ADD ).)* (?:REFERENCES|CHECK|UNIQUE|PRIMARY KEY)"),
            "all rows in one statement: change them in steps, from the service", Pattern.compile("^(?:UPDATE|DELETE) "),
            "the table is locked, or written anew",
                    Pattern.compile(
                            "^(?:CLUSTER|VACUUM FULL|LOCK|REINDEX (?!.*CONCURRENTLY))|SET (?:LOGGED|UNLOGGED|TABLESPACE)"));

    /** All of a service, which runs in its module's folder. */
    public static List<Migration> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            List<Migration> migrations = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                migrations.add(new Migration(file.getFileName().toString(), Files.readString(file)));
            }
            return migrations;
        }
    }

    /**
     * Why it must not run while the service before it does; empty if it may. What it does to tables that it creates harms
     * nobody.
     *
     * @param bigTables in lower case
     */
    public List<String> faults(Set<String> bigTables) {
        List<String> faults = new ArrayList<>();
        List<String> statements = statements();
        String all = String.join("; ", statements);
        for (String statement : statements) {
            String table = tableOf(statement);
            if (bigTables.contains(table.toLowerCase(Locale.ROOT)) && !all.contains("CREATE TABLE " + table)) {
                faultsOf(statement).forEach(fault -> faults.add(name + ", " + table + ": " + fault));
            }
        }
        if (all.contains("CONCURRENTLY") && statements.size() > 1) {
            faults.add(name + ": CONCURRENTLY needs a migration of its own");
        }
        if (all.contains("NOT VALID") && all.contains("VALIDATE CONSTRAINT")) {
            faults.add(name + ": validate in the next migration, which locks less");
        }
        return faults;
    }

    private static List<String> faultsOf(String statement) {
        List<String> faults = new ArrayList<>();
        REFUSED.forEach((fault, pattern) -> {
            if (pattern.matcher(statement).find()) {
                faults.add(fault);
            }
        });
        ADDED.matcher(statement)
                .results()
                .map(added -> added.group())
                .filter(added -> !added.contains("NOT VALID") && !added.contains("USING INDEX"))
                .forEach(added -> faults.add("a constraint without NOT VALID"));
        return faults;
    }

    private static String tableOf(String statement) {
        Matcher table = ON_A_TABLE.matcher(statement);
        return table.find() ? table.group(1) : "";
    }

    /** Without comments, in upper case, on one line each. */
    private List<String> statements() {
        String plain = sql.replaceAll("(?m)--.*$", " ").replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        return Stream.of(plain.split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
