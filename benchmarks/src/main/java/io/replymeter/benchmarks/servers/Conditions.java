package io.replymeter.benchmarks.servers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;

/** The conditions of a measurement, for those who read it later. */
final class Conditions {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final List<String> SETTINGS =
            List.of("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size");

    private Conditions() {}

    /** One paragraph of text. */
    static String of(BenchmarkServers servers) {
        String settings = SETTINGS.stream()
                .map(setting -> setting + " = " + servers.ask("postgres", "SHOW " + setting))
                .collect(Collectors.joining(", "));
        return """
                %s, %s (%d cores, %d GB of memory), %s %s, JDK %s, Kafka %s (one broker, heap 512 MB), PostgreSQL %s (%s);
                broker, database and consumer share the cores, files lie on one disk.""".formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(SYSTEM.getTotalMemorySize() / (double) (1 << 30)),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.runtime.version"),
                        AppInfoParser.getVersion(),
                        servers.ask("postgres", "SHOW server_version"),
                        settings);
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }
}
