package io.replymeter.benchmarks.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a measurement was made on, for those who read it later. */
public final class Conditions {

    private static final List<String> SETTINGS =
            List.of("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size");

    private Conditions() {}

    /** One paragraph of text. */
    public static String of(BenchmarkServers servers) {
        String settings = SETTINGS.stream()
                .map(setting -> setting + " = " + servers.ask("postgres", "SHOW " + setting))
                .collect(Collectors.joining(", "));
        return """
                %s, %s (%d cores, %s of memory), %s %s, JDK %s, Kafka %s (one broker, heap 512 MB), PostgreSQL %s (%s);
                broker, database and consumer share the cores, files lie on one disk.""".formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        line("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.runtime.version"),
                        AppInfoParser.getVersion(),
                        servers.ask("postgres", "SHOW server_version"),
                        settings);
    }

    private static String memory() {
        String kilobytes = line("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? "unknown" : Math.round(Long.parseLong(kilobytes) / 1048576.0) + " GB";
    }

    private static String line(String file, String name) {
        Predicate<String> named = line -> line.startsWith(name);
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(named)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
