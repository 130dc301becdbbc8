package io.replymeter.metrics.log;

import io.replymeter.measurement.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** How far each generation has read each partition. Thread-safe. */
@Repository
public class Offsets {

    private static final String ALL = """
            SELECT generation, partition, topic_id, next_offset, applied_until FROM partition_offset
            """;
    private static final String OF_GENERATION = ALL + "WHERE generation = ?";
    private static final String BEGIN = """
            INSERT INTO partition_offset (generation, partition, topic_id, next_offset, first_offset)
            SELECT generation, ?, ?, ?, ? FROM rebuild WHERE generation = ? AND fed
            FOR SHARE
            ON CONFLICT DO NOTHING
            """;
    private static final String ADVANCE = """
            UPDATE partition_offset AS stored
            SET next_offset = batch.next_offset,
                applied_until = greatest(
                    stored.applied_until, 'epoch'::timestamptz + batch.applied_until * interval '1 microsecond')
            FROM unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[])
                AS batch (partition, expected_offset, next_offset, applied_until)
            WHERE stored.generation = ? AND stored.topic_id = ? AND stored.partition = batch.partition
              AND stored.next_offset = batch.expected_offset
              AND (stored.stop_at IS NULL OR stored.stop_at >= batch.next_offset)
            """;
    private static final String STOPS = """
            SELECT partition, stop_at FROM partition_offset WHERE generation = ? AND stop_at IS NOT NULL
            """;

    /**
     * @param topicId of the topic that was read, which a topic created anew under the same name does not share
     * @param nextOffset the first offset not yet applied
     * @param appliedUntil the append time of the latest record applied; null before the first
     */
    public record Position(
            int partition,
            String topicId,
            long nextOffset,
            @Nullable Instant appliedUntil) {}

    /**
     * A batch's step in one partition.
     *
     * @param expectedOffset what this consumer read or wrote last
     * @param appendedUntil the latest append time of the batch, in {@link Micros}; null if it has no record
     */
    public record Step(
            int partition,
            long expectedOffset,
            long nextOffset,
            @Nullable Long appendedUntil) {}

    private final JdbcClient jdbc;

    Offsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The positions of {@code generation}, by partition. */
    public Map<Integer, Position> of(int generation) {
        return jdbc.sql(OF_GENERATION).param(generation).query(Offsets::position).list().stream()
                .collect(Collectors.toMap(Position::partition, Function.identity()));
    }

    /** The positions of every generation, by generation and partition. */
    public Map<Integer, Map<Integer, Position>> all() {
        Map<Integer, Map<Integer, Position>> all = new HashMap<>();
        jdbc.sql(ALL).query(row -> {
            Position position = position(row, 0);
            all.computeIfAbsent(row.getInt("generation"), generation -> new HashMap<>())
                    .put(position.partition(), position);
        });
        return all;
    }

    /** Stores where reading a partition begins, unless that is stored already, or the generation is not fed any more. */
    public void begin(int generation, int partition, String topicId, long offset) {
        jdbc.sql(BEGIN).params(partition, topicId, offset, offset, generation).update();
    }

    /** By partition, the offset that {@code generation} must not go beyond for now; empty almost always. */
    public Map<Integer, Long> stops(int generation) {
        Map<Integer, Long> stops = new HashMap<>();
        jdbc.sql(STOPS).param(generation).query(row -> {
            stops.put(row.getInt("partition"), row.getLong("stop_at"));
        });
        return stops;
    }

    /**
     * Moves the stored offsets on, in the caller's transaction.
     *
     * @param topicId of the topic that was read
     * @throws OffsetsMoved when one is not the expected one, or of another topic: another consumer owns the partition now,
     *     or the topic was created anew
     * @throws StopAhead when one would pass its stop
     */
    public void advance(int generation, String topicId, Collection<Step> steps) {
        int moved = jdbc.sql(ADVANCE)
                .param(array("int4", steps, Step::partition))
                .param(array("int8", steps, Step::expectedOffset))
                .param(array("int8", steps, Step::nextOffset))
                .param(array("int8", steps, Step::appendedUntil))
                .param(generation)
                .param(topicId)
                .update();
        if (moved != steps.size()) {
            Map<Integer, Long> stops = stops(generation);
            if (steps.stream()
                    .anyMatch(step -> step.nextOffset() > stops.getOrDefault(step.partition(), Long.MAX_VALUE))) {
                throw new StopAhead(stops);
            }
            throw new OffsetsMoved(
                    generation, steps.stream().map(Step::partition).toList());
        }
    }

    private static SqlArrayValue array(String type, Collection<Step> steps, Function<Step, @Nullable Object> column) {
        return new SqlArrayValue(type, steps.stream().map(column).toArray());
    }

    private static Position position(ResultSet row, int rowNumber) throws SQLException {
        OffsetDateTime appliedUntil = row.getObject("applied_until", OffsetDateTime.class);
        return new Position(
                row.getInt("partition"),
                row.getString("topic_id"),
                row.getLong("next_offset"),
                appliedUntil == null ? null : appliedUntil.toInstant());
    }

    /** Another consumer has moved a stored offset on, or it is of another topic: this batch must have no effect. */
    public static final class OffsetsMoved extends RuntimeException {
        OffsetsMoved(int generation, List<Integer> partitions) {
            super("Another consumer owns one of the partitions " + partitions + " of generation " + generation
                    + ", or the topic was created anew");
        }
    }

    /** A partition may be read up to its stop only, for now: this batch must have no effect, what lies below it may. */
    public static final class StopAhead extends RuntimeException {
        private final transient Map<Integer, Long> stops;

        StopAhead(Map<Integer, Long> stops) {
            super("A rebuild is being compared: reading stops at " + stops);
            this.stops = Map.copyOf(stops);
        }

        /** By partition, the first offset that must not be applied yet. */
        public Map<Integer, Long> stops() {
            return stops;
        }
    }
}
