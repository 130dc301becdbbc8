package io.replymeter.metrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.log.Offsets.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTimeTest {

    private static final Instant ASKED = Instant.parse("2026-11-22T10:00:00Z");
    private static final String TOPIC = "id";
    private static final TopicState STATE =
            new TopicState(TOPIC, Map.of(0, 0L, 1, 0L), Map.of(0, 10L, 1, 5L), ASKED, List.of());

    @Test
    void caughtUpItIsTheMomentAtWhichTheEndWasAskedFor() {
        assertThat(LogTime.of(STATE, Map.of(0, position(0, 10, 900), 1, position(1, 7, 800))))
                .contains(ASKED);
    }

    @Test
    void behindItIsTheLatestRecordApplied() {
        assertThat(LogTime.of(STATE, Map.of(0, position(0, 9, 900), 1, position(1, 5, 800))))
                .contains(ASKED.minusSeconds(900));
    }

    @Test
    void itIsTheLeastOfThePartitions() {
        assertThat(LogTime.of(STATE, Map.of(0, position(0, 9, 900), 1, position(1, 4, 800))))
                .contains(ASKED.minusSeconds(900));
    }

    @Test
    void anEmptyPartitionIsCaughtUp() {
        TopicState empty = new TopicState(TOPIC, Map.of(0, 0L), Map.of(0, 0L), ASKED, List.of());

        assertThat(LogTime.of(empty, Map.of(0, new Position(0, TOPIC, 0, null))))
                .contains(ASKED);
    }

    @Test
    void thereIsNoneWhileAPartitionWithRecordsWasNotReadYet() {
        assertThat(LogTime.of(STATE, Map.of(0, position(0, 10, 900)))).isEmpty();
        assertThat(LogTime.of(STATE, Map.of(0, position(0, 10, 900), 1, new Position(1, TOPIC, 0, null))))
                .isEmpty();
    }

    @Test
    void aTopicCreatedAnewIsNotCaughtUpWith() {
        Position ofTheOldTopic = new Position(0, "another", 1000, ASKED.minusSeconds(900));

        assertThat(LogTime.of(STATE, Map.of(0, ofTheOldTopic, 1, position(1, 5, 800))))
                .contains(ASKED.minusSeconds(900));
    }

    private static Position position(int partition, long nextOffset, long secondsAgo) {
        return new Position(partition, TOPIC, nextOffset, ASKED.minusSeconds(secondsAgo));
    }
}
