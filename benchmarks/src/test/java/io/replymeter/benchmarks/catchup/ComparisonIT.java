package io.replymeter.benchmarks.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Folders;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.benchmarks.workload.TopicLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A run of the whole comparison, too small to measure anything. Its data and logs stay in {@code target/smoke}. */
class ComparisonIT {

    private static final Path FOLDER = Path.of("target", "smoke").toAbsolutePath();

    @Test
    void everyVariantComesToTheSameResults() throws Exception {
        deletePrevious();
        try (BenchmarkServers servers = BenchmarkServers.start(FOLDER)) {
            TopicLoader loader = new TopicLoader(servers.bootstrapServers(), FOLDER);
            LoadedTopic log = loader.load("backlog", 20_000, 1);
            LoadedTopic sample = loader.load("sample", 1_000, 1);
            Results results = new Results(FOLDER.resolve("comparison.csv"), false);

            new Comparison(servers, log, sample).run(results, 1, Duration.ofMinutes(5));

            assertThat(results.byVariant())
                    .hasSizeGreaterThanOrEqualTo(9)
                    .allSatisfy((variant, runs) -> assertThat(runs).as(variant).hasSize(1));
            assertThat(ComparisonTable.of(results)).contains("live catch-up", "rebuild", Comparison.YARDSTICK);
        }
    }

    private static void deletePrevious() throws IOException {
        if (Files.exists(FOLDER)) {
            Folders.delete(FOLDER);
        }
    }
}
