package io.replymeter.metrics.rebuild;

import io.replymeter.metrics.log.TopicState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Where a rebuild began in each partition, where it stands, and where the topic ended when it began. Thread-safe. */
@Repository
class Places {

    /** What was not there when a rebuild began is not part of its replay. */
    private static final String OF_GENERATION = """
            SELECT partition, topic_id, coalesce(first_offset, 0) AS first_offset, first_appended_at,
                   coalesce(replay_until, first_offset, next_offset) AS replay_until, next_offset
            FROM partition_offset WHERE generation = ? ORDER BY partition
            """;

    private static final String INSERT = """
            INSERT INTO partition_offset (generation, topic_id, partition, next_offset, first_offset, first_appended_at,
                                          replay_until)
            SELECT ?, ?, partition, first_offset, first_offset,
                   'epoch'::timestamptz + first_appended_at * interval '1 millisecond', replay_until
            FROM unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[])
                AS topic (partition, first_offset, first_appended_at, replay_until)
            """;
    private static final List<String> FORGET = List.of(
            "DELETE FROM partition_offset WHERE generation = ?",
            "DELETE FROM ignored_records WHERE generation = ?",
            "DELETE FROM verification WHERE generation = ?");

    private final JdbcClient jdbc;

    Places(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By partition. */
    List<Place> of(int generation) {
        return jdbc.sql(OF_GENERATION)
                .param(generation)
                .query((row, number) -> place(row))
                .list();
    }

    /** Begins where the topic begins. */
    void begin(int generation, TopicState topic, Map<Integer, Instant> firstAppended) {
        List<Integer> partitions = List.copyOf(topic.beginningOffsets().keySet());
        jdbc.sql(INSERT)
                .param(generation)
                .param(topic.topicId())
                .param(array("int4", partitions, partition -> partition))
                .param(array("int8", partitions, topic.beginningOffsets()::get))
                .param(array("int8", partitions, partition -> millis(firstAppended.get(partition))))
                .param(array("int8", partitions, topic.endOffsets()::get))
                .update();
    }

    private static SqlArrayValue array(
            String type, List<Integer> partitions, Function<Integer, @Nullable Object> column) {
        return new SqlArrayValue(type, partitions.stream().map(column).toArray());
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    /** Forgets all that is noted of a generation. Whoever still reads for it can apply nothing any more. */
    void forget(int generation) {
        FORGET.forEach(statement -> jdbc.sql(statement).param(generation).update());
    }

    private static Place place(ResultSet row) throws SQLException {
        OffsetDateTime firstAppendedAt = row.getObject("first_appended_at", OffsetDateTime.class);
        return new Place(
                row.getInt("partition"),
                row.getString("topic_id"),
                row.getLong("first_offset"),
                firstAppendedAt == null ? null : firstAppendedAt.toInstant(),
                row.getLong("replay_until"),
                row.getLong("next_offset"));
    }
}
