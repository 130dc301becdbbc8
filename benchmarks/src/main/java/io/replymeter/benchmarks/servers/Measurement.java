package io.replymeter.benchmarks.servers;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that starts a broker and a database, measures something, and prints the conditions. */
public abstract class Measurement implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps the servers' data and logs (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("benchmarks/target/data");

    @Override
    public final Integer call() throws Exception {
        try (BenchmarkServers servers = new BenchmarkServers(folder)) {
            boolean counts = measure(servers);
            System.out.println(Conditions.of(servers));
            return counts ? 0 : 1;
        }
    }

    /** Prints what it measures; returns whether every result was the expected one. */
    protected abstract boolean measure(BenchmarkServers servers) throws Exception;
}
