package io.replymeter.local.e2e;

import io.replymeter.embedded.TestServers;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.FolderLock;
import io.replymeter.local.stack.LocalStack;
import io.replymeter.local.stack.ServiceJars;
import io.replymeter.local.stack.SigningKey;
import io.replymeter.local.stack.StackPorts;
import io.replymeter.local.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One stack for all end-to-end tests, started on first use on free ports. Its data and logs are in {@code
 * target/end-to-end} and stay there. Every test creates its own people.
 */
final class EndToEnd {

    private static final Path FOLDER = Path.of("target", "end-to-end").toAbsolutePath();

    private static final TraceReceiver TRACES = TraceReceiver.start();

    /**
     * Lets the tests see the clean-up, which otherwise runs once an hour, become anybody of a demo, and see what is traced,
     * which is only what a caller traces.
     */
    private static final List<String> SERVICE_ARGUMENTS = List.of(
            "--replymeter.upkeep.interval=2s",
            "--replymeter.web.demo-people=" + DataFolder.at(FOLDER).demoPeople(),
            "--management.tracing.export.enabled=true",
            "--management.tracing.sampling.probability=0",
            "--management.opentelemetry.tracing.export.otlp.endpoint=" + TRACES.endpoint());

    static {
        // Long enough for a busy machine. What fails because a service has ended fails at once all the same.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(5));
    }

    private EndToEnd() {}

    static LocalStack stack() {
        return Running.STACK;
    }

    static Api messaging() {
        return Running.MESSAGING;
    }

    static Api metrics() {
        return Running.METRICS;
    }

    /** Where messaging-service serves its pages. */
    static String messagingUrl() {
        return Running.PORTS.messagingUrl();
    }

    /** Where metrics-service serves its pages. */
    static String metricsUrl() {
        return Running.PORTS.metricsUrl();
    }

    static TraceReceiver traces() {
        return TRACES;
    }

    static EventLog eventLog() {
        return Running.EVENT_LOG;
    }

    /** A token for {@code subject} with these scopes. */
    static String token(String subject, String... scopes) {
        return Running.KEY.token(subject, List.of(scopes), Duration.ofHours(1));
    }

    static String adminToken() {
        return token("admin", "admin");
    }

    static String serviceToken() {
        return token("profile-service", "metrics:read");
    }

    static String opsToken() {
        return token("ops", "metrics:ops");
    }

    /** The data folder of the stack, for the commands of the launcher. */
    static Path folder() {
        return FOLDER;
    }

    static Path log(String process) {
        return Running.DATA.log(process);
    }

    private static final class Running {
        static final DataFolder DATA = emptyFolder();
        static final StackPorts PORTS = StackPorts.free();
        static final FolderLock LOCK = DATA.lock(PORTS);
        static final LocalStack STACK = start();
        static final SigningKey KEY = DATA.signingKey();
        static final Api MESSAGING = new Api(PORTS.messagingUrl());
        static final Api METRICS = new Api(PORTS.metricsUrl());
        static final EventLog EVENT_LOG = new EventLog(STACK.kafka().bootstrapServers());

        private static LocalStack start() {
            StackSettings settings = new StackSettings(
                    PORTS,
                    jars(),
                    TestServers.provider(),
                    SERVICE_ARGUMENTS,
                    Map.of("session_preload_libraries", "auto_explain"));
            LocalStack stack = new LocalStack(DATA, settings, System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            stack.start();
            return stack;
        }
    }

    static ServiceJars jars() {
        return ServiceJars.in(Path.of(".."));
    }

    private static DataFolder emptyFolder() {
        try {
            if (Files.exists(FOLDER)) {
                delete(FOLDER);
            }
            return DataFolder.at(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
