package io.replymeter.messaging.outbox;

import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where events are left, in the transaction of what they tell of. They reach Kafka in the order of their conversation. */
@Component
public class Outbox {

    private static final String APPEND = """
            INSERT INTO outbox (lane, conversation_id, event)
            SELECT lane, conversation_id, event
            FROM unnest(:lanes::smallint[], :conversations::uuid[], :events::bytea[])
                WITH ORDINALITY AS appended (lane, conversation_id, event, place)
            ORDER BY place
            """;

    /** Far above any event, far below what a broker takes (1 MB). */
    private static final int MAXIMUM_BYTES = 100_000;

    private final JdbcClient jdbc;
    private final Lanes lanes;
    private final EventCodec codec = new EventCodec();

    Outbox(JdbcClient jdbc, Lanes lanes) {
        this.jdbc = jdbc;
        this.lanes = lanes;
    }

    /**
     * Leaves {@code events} to be sent once the transaction has committed. The caller holds the row locks of their
     * conversations, which makes this order the conversation's order.
     *
     * @throws IllegalArgumentException when an event is larger than Kafka may take: nothing that cannot be sent gets in
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<? extends Event> events) {
        if (events.isEmpty()) {
            return;
        }
        Integer[] lane =
                events.stream().map(event -> Lanes.of(event.conversationId())).toArray(Integer[]::new);
        jdbc.sql(APPEND)
                .param("lanes", new SqlArrayValue("int2", (Object[]) lane))
                .param(
                        "conversations",
                        new SqlArrayValue(
                                "uuid",
                                events.stream().map(Event::conversationId).toArray()))
                .param("events", new SqlArrayValue("bytea", (Object[])
                        events.stream().map(this::encoded).toArray(byte[][]::new)))
                .update();
        ringAfterCommit(
                IntStream.of(List.of(lane).stream().mapToInt(i -> i).distinct().toArray()));
    }

    private byte[] encoded(Event event) {
        byte[] value = codec.encode(event);
        if (value.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("An event of " + value.length + " bytes is too large to be sent");
        }
        return value;
    }

    private void ringAfterCommit(IntStream touched) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                touched.forEach(lanes::ring);
            }
        });
    }
}
