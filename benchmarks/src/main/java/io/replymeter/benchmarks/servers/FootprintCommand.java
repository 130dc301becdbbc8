package io.replymeter.benchmarks.servers;

import io.replymeter.benchmarks.result.Spread;
import io.replymeter.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long each service takes until it is ready, and its resident memory then, with and without an AOT cache. */
@Command(
        name = "footprint",
        description = "Start-up and memory of the services, with and without an AOT cache.",
        mixinStandardHelpOptions = true)
public final class FootprintCommand implements Callable<Integer> {

    private static final List<String> SERVICES = List.of("messaging-service", "metrics-service");
    private static final long IDLE_MILLIS = 5_000;
    private static final long POLL_MILLIS = 5;

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--jdk", description = "The JDK that runs the services (default: the one that runs this).")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--rounds", description = "How often (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--jvm", description = "An option of the services' JVM; may be repeated.")
    private List<String> jvmOptions = new ArrayList<>(List.of("-Xmx512m"));

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath())) {
            System.out.println("| service, JVM options | ready after s | resident MB, 5 s later |");
            System.out.println("| --- | --- | --- |");
            for (String service : SERVICES) {
                Path jar = extract(servers, service);
                measure(servers, service, jar, List.of());
                if (jvmKnowsAot()) {
                    Path cache = servers.folder().resolve(service + ".aot");
                    train(servers, service, jar, cache);
                    measure(servers, service, jar, List.of("-XX:AOTCache=" + cache));
                }
            }
            System.out.println(Conditions.of(servers) + " The services' JDK: " + jdk);
        }
        return 0;
    }

    private void measure(BenchmarkServers servers, String service, Path jar, List<String> options) throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int port = Ports.free();
            List<String> arguments = arguments(servers, service, port);
            long started = System.nanoTime();
            Process process = java(servers, service, options, jar, arguments);
            try {
                while (!Service.isReady(port)) {
                    requireAlive(process, servers, service);
                    Thread.sleep(POLL_MILLIS);
                }
                seconds.add((System.nanoTime() - started) / 1e9);
                Thread.sleep(IDLE_MILLIS);
                megabytes.add(CpuTime.residentBytes(process.pid()) / 1048576.0);
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
        System.out.printf(
                "| %s %s %s | %s | %s |%n",
                service,
                String.join(" ", jvmOptions),
                options.isEmpty() ? "" : "-XX:AOTCache",
                Spread.of(seconds).format("%.2f"),
                Spread.of(megabytes).format("%.0f"));
    }

    /** The services' jars as Spring Boot takes them apart: an AOT cache needs ordinary jars. */
    private Path extract(BenchmarkServers servers, String service) throws IOException, InterruptedException {
        Path folder = servers.folder().resolve(service + "-extracted");
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        Path jar = Service.jar(service);
        Process tools = java(
                servers,
                service,
                List.of("-Djarmode=tools"),
                jar,
                List.of("extract", "--destination", folder.toString()));
        end(tools, servers, service);
        return folder.resolve(jar.getFileName());
    }

    private void train(BenchmarkServers servers, String service, Path jar, Path cache)
            throws IOException, InterruptedException {
        List<String> options = List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh");
        end(java(servers, service, options, jar, arguments(servers, service, Ports.free())), servers, service);
    }

    private Process java(
            BenchmarkServers servers, String service, List<String> options, Path jar, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(jvmOptions);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log(servers, service).toFile()))
                .start();
    }

    private static Path log(BenchmarkServers servers, String service) {
        return servers.folder().resolve(service + "-footprint.log");
    }

    /** Each with an empty topic and a database that is migrated already but for the first time. */
    private static List<String> arguments(BenchmarkServers servers, String service, int port) {
        String database = service.replace('-', '_');
        if (!servers.hasDatabase(database)) {
            servers.newDatabase(database);
        }
        return Service.arguments(servers, servers.jdbcUrl(database), "footprint", servers.bootstrapServers(), port);
    }

    private boolean jvmKnowsAot() throws IOException {
        return Files.readAllLines(jdk.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .anyMatch(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")) >= 25);
    }

    private static void end(Process process, BenchmarkServers servers, String service) throws InterruptedException {
        process.waitFor(2, TimeUnit.MINUTES);
        if (process.isAlive() || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException(service + " failed; its log says why: " + log(servers, service));
        }
    }

    private static void requireAlive(Process process, BenchmarkServers servers, String service) {
        if (!process.isAlive()) {
            throw new IllegalStateException(service + " ended; its log says why: " + log(servers, service));
        }
    }
}
