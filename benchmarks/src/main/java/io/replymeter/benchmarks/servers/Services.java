package io.replymeter.benchmarks.servers;

import io.replymeter.benchmarks.bare.BareService;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.JavaProcess;
import io.replymeter.embedded.Ports;
import io.replymeter.local.stack.LocalStack;
import io.replymeter.local.stack.ServiceJars;
import io.replymeter.local.stack.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the services that are measured, each with 1 GB of heap, without waiting. */
public final class Services {

    /** A JVM as the images run it: the collector for throughput, and compilers that keep up when it is cold. */
    public static final List<String> JVM_OPTIONS =
            List.of("-XX:+UseParallelGC", "-XX:NewRatio=1", "-XX:Tier3DelayOn=0", "-XX:Tier3DelayOff=0");

    /** What the images add to them; JDK 17 has no compact headers. */
    private static final List<String> IN_A_CONTAINER = List.of(
            "-XX:MaxRAMPercentage=32",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TrimNativeHeapInterval=5000",
            "-Djdk.nio.maxCachedBufferSize=262144",
            "-XX:+ExitOnOutOfMemoryError");

    /** The option by which a JVM is told how many megabytes there are; here it also has no more. */
    public static final String MEMORY = "-XX:MaxRAM=";

    static final String MESSAGING = "messaging-service";
    static final String METRICS = "metrics-service";

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    /** Takes further classes from {@code -Dloader.path}. */
    private static final String EXTENSIBLE_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private Services() {}

    /**
     * Starts metrics-service.
     *
     * @param jvmOptions beyond the collector and the heap's size
     * @param properties of the service, such as {@code --replymeter.ingest.threads=2}
     */
    public static ServiceProcess metrics(
            BenchmarkServers servers,
            Database database,
            String topic,
            List<String> jvmOptions,
            List<String> properties) {
        int port = Ports.free();
        List<String> arguments = arguments(servers, database, topic, servers.bootstrapServers(), port);
        arguments.addAll(properties);
        return start(METRICS, jvmOptions, arguments, port, servers.folder().log(METRICS));
    }

    /**
     * Starts messaging-service beside {@code metrics}.
     *
     * @param jvmOptions beyond the collector and the heap's size
     */
    public static ServiceProcess messaging(
            BenchmarkServers servers,
            Database database,
            String topic,
            ServiceProcess metrics,
            String bootstrapServers,
            List<String> jvmOptions) {
        int port = Ports.free();
        List<String> arguments = arguments(servers, database, topic, bootstrapServers, port);
        arguments.add("--replymeter.metrics-api.url=" + url(metrics));
        arguments.add("--replymeter.metrics-api.token-file=" + servers.metricsToken());
        return start(MESSAGING, jvmOptions, arguments, port, servers.folder().log(MESSAGING));
    }

    /** Starts {@link BareService} on messaging-service's jar. */
    public static ServiceProcess bare(BenchmarkServers servers, Database database, List<String> jvmOptions) {
        int port = Ports.free();
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-Dloader.main=" + BareService.class.getName());
        options.add("-Dloader.path=" + ownClasses());
        List<String> arguments = arguments(servers, database, "none", servers.bootstrapServers(), port);
        arguments.add("--spring.flyway.enabled=false");
        return start(MESSAGING, options, arguments, port, servers.folder().log("bare-service"));
    }

    /** This module's classes, which {@code -Dloader.path} adds to a service's. */
    public static Path ownClasses() {
        return Path.of(Services.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private static ServiceProcess start(
            String name, List<String> jvmOptions, List<String> arguments, int port, Path log) {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        Optional<Long> limit = memoryLimit(jvmOptions);
        options.addAll(limit.isPresent() ? IN_A_CONTAINER : List.of("-Xmx1g"));
        options.addAll(jvmOptions);
        boolean extended = jvmOptions.stream().anyMatch(option -> option.startsWith("-Dloader.path="));
        String launcher = extended ? EXTENSIBLE_LAUNCHER : BOOT_LAUNCHER;
        JavaProcess process = JavaProcess.start(options, jar(name).toString(), launcher, arguments, log);
        limit.ifPresent(bytes -> MemoryLimit.set(process.processId(), bytes));
        return new ServiceProcess(name, process, port, log);
    }

    private static Optional<Long> memoryLimit(List<String> jvmOptions) {
        return jvmOptions.stream()
                .filter(option -> option.startsWith(MEMORY))
                .map(option -> Long.parseLong(option.replaceAll("\\D", "")) << 20)
                .findFirst();
    }

    static List<String> arguments(
            BenchmarkServers servers, Database database, String topic, String bootstrapServers, int port) {
        List<String> arguments =
                new ArrayList<>(LocalStack.connections(port, database, bootstrapServers, servers.folder()));
        arguments.add("--replymeter.events.topic=" + topic);
        arguments.add("--replymeter.messages.posts-per-minute=0");
        return arguments;
    }

    public static String url(ServiceProcess service) {
        return "http://localhost:" + service.port();
    }

    static ServiceJars jars() {
        return ServiceJars.in(Path.of(System.getProperty("benchmarks.root", ".")));
    }

    /** Where the build has put the jar of service {@code name}. */
    static Path jar(String name) {
        return name.equals(MESSAGING) ? jars().messaging() : jars().metrics();
    }
}
