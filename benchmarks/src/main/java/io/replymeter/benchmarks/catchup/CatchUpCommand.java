package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the live catch-up or the rebuild alone, with a profile if wanted. */
@Command(
        name = "catch-up",
        description = "How fast metrics-service works off a backlog.",
        mixinStandardHelpOptions = true)
public final class CatchUpCommand implements Callable<Integer> {

    @Option(names = "--data", description = "Keeps the servers' data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("benchmarks/target/data");

    @Option(names = "--events", description = "About how many (default: ${DEFAULT-VALUE}).")
    private long events = 2_000_000;

    @Option(names = "--seed", description = "Another one makes another history (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--rounds", description = "How often (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--rebuild", description = "A rebuild instead.")
    private boolean rebuild;

    @Option(names = "--jvm", description = "An option of the service's JVM; may be repeated.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--profile", description = "Prints where CPU time goes, in the service and in PostgreSQL.")
    private boolean profile;

    @Parameters(description = "Properties of the service, such as --replymeter.ingest.batch-size=10000, after a --.")
    private List<String> properties = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (BenchmarkServers servers = BenchmarkServers.start(data.toAbsolutePath())) {
            LoadedTopic topic =
                    new TopicLoader(servers.bootstrapServers(), servers.folder()).load("backlog", events, seed);
            System.out.printf(
                    "%,d events, %,d bytes each on average; expected: %s%n",
                    topic.events(), topic.bytes() / topic.events(), topic.checksum());
            boolean allEqual = true;
            for (int round = 1; round <= rounds; round++) {
                Run run = run(servers, topic);
                boolean equal = run.checksum().equals(topic.checksum());
                allEqual &= equal;
                System.out.println(run + (equal ? "" : " DOES NOT COUNT: expected " + topic.checksum()));
            }
            return allEqual ? 0 : 1;
        }
    }

    private Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        if (!profile) {
            return variant(jvmOptions).run(servers, topic);
        }
        try (Profile its = new Profile(servers)) {
            List<String> options = new ArrayList<>(jvmOptions);
            options.addAll(its.jvmOptions());
            return variant(options).run(servers, topic);
        }
    }

    private Variant variant(List<String> options) {
        return rebuild ? new ReplymeterRebuild(options, properties) : new ReplymeterCatchUp(options, properties);
    }
}
