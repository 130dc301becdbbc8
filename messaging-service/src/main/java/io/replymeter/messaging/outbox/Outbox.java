package io.replymeter.messaging.outbox;

import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.jdbc.Pipeline;
import io.replymeter.tracing.Traces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where events wait for Kafka, written in the transaction of the change they tell of. */
@Component
public class Outbox {

    private static final String APPEND = """
            INSERT INTO outbox (shard, conversation_id, event, traceparent)
            SELECT shard, conversation_id, event, :traceparent::text
            FROM unnest(:shards::smallint[], :conversations::uuid[], :events::bytea[])
                WITH ORDINALITY AS appended (shard, conversation_id, event, place)
            ORDER BY place
            """;

    private static final String APPEND_ONE = """
            INSERT INTO outbox (shard, conversation_id, event, traceparent)
            VALUES (:shard, :conversation, :event, :traceparent)
            """;

    private static final String BACKLOG = """
            SELECT shard, count(id) AS size,
                greatest(extract(epoch FROM clock_timestamp() - min(accepted_at)), 0) AS oldest_age,
                EXISTS (SELECT FROM pg_locks
                    WHERE locktype = 'advisory' AND granted AND classid = hashtext('replymeter.outbox')::oid
                    AND objid = shard::oid AND objsubid = 2
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS is_owned
            FROM generate_series(0, :last) AS shard LEFT JOIN outbox USING (shard)
            GROUP BY shard ORDER BY shard
            """;

    /** Far above any event, far below what a broker takes (1 MB). */
    private static final int MAXIMUM_BYTES = 100_000;

    /**
     * What waits in one shard.
     *
     * @param oldestAgeSeconds how long the oldest event has waited; 0 when none waits
     * @param isOwned whether a session of any instance owns the shard
     */
    record Backlog(int shard, long size, double oldestAgeSeconds, boolean isOwned) {}

    private final JdbcClient jdbc;
    private final Shards shards;
    private final Traces traces;
    private final EventCodec codec = new EventCodec();

    Outbox(JdbcClient jdbc, Shards shards, Traces traces) {
        this.jdbc = jdbc;
        this.shards = shards;
        this.traces = traces;
    }

    /**
     * Leaves {@code events} to be sent once the transaction has committed, each conversation's in this order. The caller
     * holds the row locks of their conversations.
     *
     * @throws IllegalArgumentException when an event is larger than Kafka may take: nothing that cannot be sent gets in
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<? extends Event> events) {
        if (!events.isEmpty()) {
            jdbc.sql(APPEND).params(parameters(events)).update();
            signalAfterCommit(events);
        }
    }

    /** The same for one event, when the pipeline runs. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(Pipeline pipeline, Event event) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("shard", Shards.of(event.conversationId()));
        parameters.put("conversation", event.conversationId());
        parameters.put("event", encoded(event));
        parameters.put("traceparent", traces.current());
        pipeline.update(APPEND_ONE, parameters);
        signalAfterCommit(List.of(event));
    }

    private Map<String, @Nullable Object> parameters(List<? extends Event> events) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("shards", new SqlArrayValue("int2", shardOfEach(events).toArray()));
        parameters.put(
                "conversations",
                new SqlArrayValue(
                        "uuid", events.stream().map(Event::conversationId).toArray()));
        parameters.put("events", new SqlArrayValue("bytea", (Object[])
                events.stream().map(this::encoded).toArray(byte[][]::new)));
        parameters.put("traceparent", traces.current());
        return parameters;
    }

    private static List<Integer> shardOfEach(List<? extends Event> events) {
        return events.stream().map(event -> Shards.of(event.conversationId())).toList();
    }

    /** How much waits to be sent, shard by shard, whichever instance owns them. */
    List<Backlog> backlog() {
        return jdbc.sql(BACKLOG)
                .param("last", Shards.COUNT - 1)
                .query((row, number) -> new Backlog(
                        row.getInt("shard"),
                        row.getLong("size"),
                        row.getDouble("oldest_age"),
                        row.getBoolean("is_owned")))
                .list();
    }

    private byte[] encoded(Event event) {
        byte[] value = codec.encode(event);
        if (value.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("An event of " + value.length + " bytes is too large to be sent");
        }
        return value;
    }

    private void signalAfterCommit(List<? extends Event> events) {
        Set<Integer> written = Set.copyOf(shardOfEach(events));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                written.forEach(shards::signal);
            }
        });
    }
}
