package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples, while it is open, what PostgreSQL executes, and the service's JVM through a flight recording. Prints where the
 * time went when it is closed, which must be after the service has ended.
 */
final class Profile implements AutoCloseable {

    private static final int SHOWN = 25;
    private static final String CONSUMERS = "generation-";
    private static final long SAMPLE_MILLIS = 10;
    private static final String ACTIVE = """
            SELECT coalesce(wait_event_type || ' ' || wait_event, 'cpu'), left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
            FROM pg_stat_activity
            WHERE state = 'active' AND backend_type = 'client backend' AND datname <> 'postgres'
              AND query !~ 'active_generation'
            """;

    private final Path recording;
    private final Map<String, Integer> statements = new HashMap<>();
    private final Thread sampler;
    private volatile boolean closed;

    Profile(BenchmarkServers servers) throws IOException {
        recording = servers.folder().file("metrics-service.jfr");
        Files.deleteIfExists(recording);
        sampler = new Thread(() -> sample(servers), "statement-sampler");
        sampler.start();
    }

    List<String> jvmOptions() {
        return List.of("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
    }

    private void sample(BenchmarkServers servers) {
        try (Connection connection = servers.connect("postgres");
                Statement statement = connection.createStatement()) {
            while (!closed) {
                try (ResultSet row = statement.executeQuery(ACTIVE)) {
                    while (row.next()) {
                        statements.merge(row.getString(1) + ": " + row.getString(2), 1, Integer::sum);
                    }
                }
                Thread.sleep(SAMPLE_MILLIS);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException("Could not sample PostgreSQL", e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        sampler.join();
        print("PostgreSQL, by wait and statement", statements);
        List<RecordedEvent> samples = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
                .filter(event -> event.getStackTrace() != null)
                .toList();
        print("The service's JVM, by thread", count(samples, Profile::thread));
        List<RecordedEvent> consumers = samples.stream()
                .filter(event -> thread(event).startsWith(CONSUMERS))
                .toList();
        print("Its consumers, by the innermost method", count(consumers, event -> method(event, "")));
        print("By the innermost method of Replymeter", count(consumers, event -> method(event, "io.replymeter")));
    }

    private static Map<String, Integer> count(List<RecordedEvent> samples, Function<RecordedEvent, String> by) {
        Map<String, Integer> counts = new HashMap<>();
        samples.forEach(event -> counts.merge(by.apply(event), 1, Integer::sum));
        return counts;
    }

    private static String thread(RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        return thread == null || thread.getJavaName() == null ? "?" : thread.getJavaName();
    }

    private static String method(RecordedEvent event, String prefix) {
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            String type = frame.getMethod().getType().getName();
            if (type.startsWith(prefix)) {
                return type + "." + frame.getMethod().getName();
            }
        }
        return "(none)";
    }

    private static void print(String title, Map<String, Integer> counts) {
        double total = counts.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("%n%s (%.0f samples)%n", title, total);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(entry -> System.out.printf("%5.1f %%  %s%n", 100 * entry.getValue() / total, entry.getKey()));
    }
}
