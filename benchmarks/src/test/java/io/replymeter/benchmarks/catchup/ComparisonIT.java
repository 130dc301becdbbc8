package io.replymeter.benchmarks.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
    void everyVariantComesToTheExpectedResults() throws Exception {
        try (BenchmarkServers servers = new BenchmarkServers(FOLDER)) {
            TopicLoader loader = new TopicLoader(servers);
            LoadedTopic log = loader.load("backlog", 20_000, 1);
            LoadedTopic sample = loader.load("sample", 1_000, 1);
            Results results = new Results(FOLDER.resolve("comparison.jsonl"), false);

            new Comparison(servers, log, sample).run(results, 1, Duration.ofMinutes(5));

            assertThat(results.byVariant())
                    .hasSizeGreaterThanOrEqualTo(8)
                    .allSatisfy((variant, runs) -> assertThat(runs).as(variant).hasSize(1));
            assertThat(ComparisonTable.of(results)).contains("live catch-up", "rebuild", Comparison.YARDSTICK);
        }
    }
}
