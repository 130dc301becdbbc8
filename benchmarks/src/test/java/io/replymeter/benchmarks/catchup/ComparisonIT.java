package io.replymeter.benchmarks.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Runs too small to measure anything. Their data and logs stay in {@code target/smoke}. */
class ComparisonIT {

    private static final Path FOLDER = Path.of("target", "smoke");

    @Test
    void aCatchUpComesToTheExpectedResults() throws Exception {
        try (BenchmarkServers servers = new BenchmarkServers(FOLDER)) {
            LoadedTopic log = new TopicLoader(servers).load("small", 5_000, 1);

            Run run = new ReplymeterVariant(false, List.of(), List.of()).run(servers, log);

            assertThat(run.checksum()).isEqualTo(log.checksum());
        }
    }

    @Test
    @Tag("nightly")
    void everyVariantComesToTheExpectedResults() {
        CommandLine command = new CommandLine(new CompareCommand());

        int code = command.execute("--data=" + FOLDER, "--events=20000", "--sample=1000", "--rounds=1");

        assertThat(code)
                .as("exit code; 1 when a result is not the expected one")
                .isZero();
    }
}
