package io.replymeter.benchmarks.workload;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Option;

/** Which generated history a command uses. */
public final class HistoryOptions {

    @Option(names = "--events", description = "About how many events the history has (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(names = "--seed", description = "Another seed makes another history (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    /** @param events unless the option names another number */
    public HistoryOptions(long events) {
        this.events = events;
    }

    /** The topic with the history, which is written unless that was done within the last 12 hours. */
    public LoadedTopic load(BenchmarkServers servers, String topic) throws ExecutionException, InterruptedException {
        return new TopicLoader(servers).load(topic, events, seed);
    }

    /** As {@link #load}, but about {@code sample} events of the same kind. */
    public LoadedTopic load(BenchmarkServers servers, String topic, long sample)
            throws ExecutionException, InterruptedException {
        return new TopicLoader(servers).load(topic, sample, seed);
    }
}
