package io.replymeter.benchmarks.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.result.ServersCpu;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    private static final String LIVE = "Replymeter, live catch-up";

    @TempDir
    private Path folder;

    private Results results;

    @BeforeEach
    void allAreAsFastAsTheyWere() throws IOException {
        results = new Results(folder.resolve("runs"), false);
        add(1, CompareCommand.YARDSTICK, 100);
        add(1, LIVE, 220);
        add(1, "Replymeter, rebuild", 380);
        add(1, "COPY and one SQL query", 280);
    }

    @Test
    void whatIsAsFastAsItWasHolds() throws IOException {
        assertThat(new Baseline().holds(results)).isTrue();
        assertThat(new Baseline().table(results)).contains(LIVE + ": 2.20 × Kafka Streams, tuned, baseline 2.20");
    }

    @Test
    void theMedianDecidesAndNotOneSlowRound() throws IOException {
        for (int round = 2; round <= 3; round++) {
            add(round, CompareCommand.YARDSTICK, 100);
            add(round, LIVE, round == 2 ? 10 : 200);
        }

        assertThat(new Baseline().holds(results)).isTrue();
    }

    @Test
    void halfAsFastAndLessDoesNotHold() throws IOException {
        for (int round = 2; round <= 3; round++) {
            add(round, CompareCommand.YARDSTICK, 100);
            add(round, LIVE, 105);
        }

        assertThat(new Baseline().holds(results)).isFalse();
    }

    @Test
    void aVariantOfWhichNoRunCountsDoesNotHold() throws IOException {
        assertThat(new Baseline().holds(new Results(folder.resolve("none"), false)))
                .isFalse();
    }

    private void add(int round, String variant, int eventsPerSecond) throws IOException {
        results.add(round, new Run(variant, eventsPerSecond, 0, 1, 0, new ServersCpu(0, 0), "the same"), true);
    }
}
