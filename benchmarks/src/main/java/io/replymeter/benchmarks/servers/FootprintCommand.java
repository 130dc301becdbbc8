package io.replymeter.benchmarks.servers;

import io.replymeter.benchmarks.result.Spread;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.Ports;
import io.replymeter.local.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long each service takes until it is ready, and its resident memory then, with and without an AOT cache. */
@Command(name = "footprint", description = "Start-up and memory of the services, with and without an AOT cache.")
public final class FootprintCommand extends Measurement {

    private static final long IDLE_MILLIS = 5_000;
    private static final long POLL_MILLIS = 5;

    @Option(names = "--jdk", description = "The JDK that runs the services (default: the one that runs this).")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--rounds", description = "How often each is started (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--jvm", description = "An option of the services' JVM; may be repeated.")
    private List<String> jvmOptions = new ArrayList<>(List.of("-Xmx512m"));

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        System.out.println("| service, JVM options | ready after s | resident MB, 5 s later |");
        System.out.println("| --- | --- | --- |");
        for (String name : List.of(Services.MESSAGING, Services.METRICS)) {
            measure(new ExtractedService(servers, name));
        }
        System.out.println("The services' JDK: " + jdk);
        return true;
    }

    private void measure(ExtractedService service) throws IOException, InterruptedException {
        service.extract();
        measure(service, List.of());
        if (jvmKnowsAot()) {
            measure(service, List.of("-XX:AOTCache=" + service.train()));
        }
    }

    private void measure(ExtractedService service, List<String> options) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int port = Ports.free();
            List<String> arguments = service.arguments(port);
            long started = System.nanoTime();
            Process process = service.start(options, arguments);
            try {
                while (!ServiceProcess.isReady(port)) {
                    if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                        throw service.failed();
                    }
                }
                seconds.add((System.nanoTime() - started) / 1e9);
                Thread.sleep(IDLE_MILLIS);
                megabytes.add(ProcessUsage.residentBytes(process.pid()) / 1048576.0);
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
        System.out.printf(
                "| %s %s %s | %s | %s |%n",
                service.name,
                String.join(" ", jvmOptions),
                options.isEmpty() ? "" : "-XX:AOTCache",
                Spread.of(seconds).format("%.2f"),
                Spread.of(megabytes).format("%.0f"));
    }

    private boolean jvmKnowsAot() throws IOException {
        return Files.readAllLines(jdk.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .anyMatch(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")) >= 25);
    }

    /** A service whose jar Spring Boot has extracted, because an AOT cache needs ordinary jars. */
    private final class ExtractedService {

        private final BenchmarkServers servers;
        private final String name;
        private final Path jar;
        private final Path folder;
        private final Database database;

        ExtractedService(BenchmarkServers servers, String name) {
            this.servers = servers;
            this.name = name;
            this.jar = Services.jar(name);
            this.folder = servers.folder().file(name + "-extracted");
            this.database = servers.newDatabase(name.replace('-', '_'));
        }

        void extract() throws IOException, InterruptedException {
            List<String> arguments = List.of("extract", "--force", "--destination", folder.toString());
            end(java(List.of("-Djarmode=tools"), jar, arguments));
        }

        /** Returns the AOT cache. */
        Path train() throws IOException, InterruptedException {
            Path cache = servers.folder().file(name + ".aot");
            end(start(
                    List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh"),
                    arguments(Ports.free())));
            return cache;
        }

        Process start(List<String> options, List<String> arguments) throws IOException {
            return java(options, folder.resolve(jar.getFileName()), arguments);
        }

        List<String> arguments(int port) {
            return Services.arguments(servers, database, "footprint", servers.bootstrapServers(), port);
        }

        private Process java(List<String> options, Path program, List<String> arguments) throws IOException {
            List<String> command =
                    new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
            command.addAll(jvmOptions);
            command.addAll(options);
            command.addAll(List.of("-jar", program.toString()));
            command.addAll(arguments);
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
                    .start();
        }

        private Path log() {
            return servers.folder().log(name + "-footprint");
        }

        private void end(Process process) throws InterruptedException {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroy();
                throw failed();
            }
        }

        IllegalStateException failed() {
            return new IllegalStateException(name + " failed; its log says why: " + log());
        }
    }
}
