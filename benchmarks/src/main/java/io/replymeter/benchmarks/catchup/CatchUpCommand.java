package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Measurement;
import io.replymeter.benchmarks.workload.HistoryOptions;
import io.replymeter.benchmarks.workload.LoadedTopic;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the live catch-up or the rebuild alone, with a profile if wanted. */
@Command(name = "catch-up", description = "How fast metrics-service works off a backlog.")
public final class CatchUpCommand extends Measurement {

    @Mixin
    private HistoryOptions history = new HistoryOptions(2_000_000);

    @Option(names = "--rounds", description = "How often (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--rebuild", description = "Measures a rebuild instead.")
    private boolean rebuild;

    @Option(names = "--jvm", description = "An option of the service's JVM; may be repeated.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--profile", description = "Prints where CPU time goes, in the service and in PostgreSQL.")
    private boolean profile;

    @Parameters(description = "Properties of the service, such as --replymeter.ingest.batch-size=10000, after a --.")
    private List<String> properties = new ArrayList<>();

    @Override
    protected boolean measure(BenchmarkServers servers) throws Exception {
        LoadedTopic topic = history.load(servers, "backlog");
        System.out.printf(
                "%,d events, %,d bytes each on average; expected: %s%n",
                topic.events(), topic.bytes() / topic.events(), topic.checksum());
        boolean allCount = true;
        for (int round = 1; round <= rounds; round++) {
            Run run = run(servers, topic);
            boolean counts = run.checksum().equals(topic.checksum());
            allCount &= counts;
            System.out.println(run + (counts ? "" : " DOES NOT COUNT: expected " + topic.checksum()));
        }
        return allCount;
    }

    private Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        if (!profile) {
            return new ReplymeterVariant(rebuild, jvmOptions, properties).run(servers, topic);
        }
        try (Profile sampled = new Profile(servers)) {
            List<String> options = new ArrayList<>(jvmOptions);
            options.addAll(sampled.jvmOptions());
            return new ReplymeterVariant(rebuild, options, properties).run(servers, topic);
        }
    }
}
