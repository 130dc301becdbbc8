package io.replymeter.metrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatermarkTest {

    private static final Instant ASKED = Instant.parse("2026-11-22T10:00:00Z");
    private static final String TOPIC = "id";
    private static final TopicState STATE =
            new TopicState(TOPIC, Map.of(0, 0L, 1, 0L), Map.of(0, 10L, 1, 5L), Map.of(0, 10L, 1, 5L), ASKED, List.of());

    @Test
    void caughtUpItIsTheMomentAtWhichTheEndWasAskedFor() {
        assertThat(Watermark.of(STATE, Map.of(0, position(0, 10, 900), 1, position(1, 7, 800))))
                .contains(ASKED);
    }

    @Test
    void behindItIsTheLatestRecordApplied() {
        assertThat(Watermark.of(STATE, Map.of(0, position(0, 9, 900), 1, position(1, 5, 800))))
                .contains(ASKED.minusSeconds(900));
    }

    @Test
    void itIsTheLeastOfThePartitions() {
        assertThat(Watermark.of(STATE, Map.of(0, position(0, 9, 900), 1, position(1, 4, 800))))
                .contains(ASKED.minusSeconds(900));
    }

    @Test
    void anEmptyPartitionIsCaughtUp() {
        TopicState empty = new TopicState(TOPIC, Map.of(0, 0L), Map.of(0, 0L), Map.of(0, 0L), ASKED, List.of());

        assertThat(Watermark.of(empty, Map.of(0, unread(0)))).contains(ASKED);
    }

    @Test
    void thereIsNoneWhileAPartitionWithRecordsWasNotReadYet() {
        assertThat(Watermark.of(STATE, Map.of(0, position(0, 10, 900)))).isEmpty();
        assertThat(Watermark.of(STATE, Map.of(0, position(0, 10, 900), 1, unread(1))))
                .isEmpty();
    }

    @Test
    void recordsOfAnOpenTransactionAreNotAppliedYet() {
        TopicState open = new TopicState(TOPIC, Map.of(0, 0L), Map.of(0, 10L), Map.of(0, 12L), ASKED, List.of());

        assertThat(Watermark.of(open, Map.of(0, position(0, 10, 900)))).contains(ASKED.minusSeconds(900));
    }

    @Test
    void aRecreatedTopicIsNotCaughtUpWith() {
        PartitionPosition ofTheOldTopic =
                new PartitionPosition(0, "another", 0, null, 0, 1000, ASKED.minusSeconds(900));

        assertThat(Watermark.of(STATE, Map.of(0, ofTheOldTopic, 1, position(1, 5, 800))))
                .contains(ASKED.minusSeconds(900));
    }

    private static PartitionPosition unread(int partition) {
        return new PartitionPosition(partition, TOPIC, 0, null, 0, 0, null);
    }

    private static PartitionPosition position(int partition, long nextOffset, long secondsAgo) {
        return new PartitionPosition(partition, TOPIC, 0, null, 0, nextOffset, ASKED.minusSeconds(secondsAgo));
    }
}
