package io.replymeter.metrics.log;

import static io.replymeter.jdbc.TimeColumns.instantOrNull;

import io.replymeter.metrics.generation.Rebuilds;
import io.replymeter.metrics.tables.ArrayParameters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Repository;

/** How far each generation has read each partition, and its barriers: the table partition_offset. Thread-safe. */
@Repository
public class PartitionOffsets {

    /** A partition that was added after the generation was created is not part of its replay. */
    private static final String ALL = """
            SELECT generation, partition, topic_id, next_offset, applied_until, coalesce(first_offset, 0) AS first_offset,
                   first_appended_at, coalesce(replay_until, first_offset, next_offset) AS replay_until
            FROM partition_offset
            """;

    private static final String OF_GENERATION = ALL + "WHERE generation = :generation ORDER BY partition";

    /** Looking first: a conflict would wait for the instance that writes the row, which may be frozen. */
    private static final String INSERT = """
            INSERT INTO partition_offset (generation, topic_id, partition, next_offset, first_offset, first_appended_at,
                                          replay_until)
            SELECT :generation, :topicId, partition, first_offset, first_offset,
                   'epoch'::timestamptz + first_appended_at * interval '1 millisecond', replay_until
            FROM unnest(:partitions::int[], :firstOffsets::bigint[], :firstAppended::bigint[], :replayUntil::bigint[])
                AS topic (partition, first_offset, first_appended_at, replay_until)
            WHERE partition <> ALL (ARRAY (SELECT partition FROM partition_offset WHERE generation = :generation))
            ON CONFLICT DO NOTHING
            """;

    private static final String ADVANCE = """
            UPDATE partition_offset AS stored
            SET next_offset = batch.next_offset,
                applied_until = greatest(
                    stored.applied_until, 'epoch'::timestamptz + batch.applied_until * interval '1 microsecond')
            FROM unnest(:partitions::int[], :expected::bigint[], :next::bigint[], :appliedUntil::bigint[])
                AS batch (partition, expected_offset, next_offset, applied_until)
            WHERE stored.generation = :generation AND stored.topic_id = :topicId AND stored.partition = batch.partition
              AND stored.next_offset = batch.expected_offset
              AND (stored.barrier IS NULL OR stored.barrier >= batch.next_offset)
            """;
    private static final String DELETE = "DELETE FROM partition_offset WHERE generation = :generation";

    private static final String NEXT_OFFSETS =
            "SELECT partition, next_offset FROM partition_offset WHERE generation = :generation ORDER BY partition";
    private static final String LOCK = NEXT_OFFSETS + " FOR UPDATE";

    private static final String BARRIERS = """
            SELECT partition, barrier FROM partition_offset WHERE generation = :generation AND barrier IS NOT NULL
            """;
    private static final String SET_BARRIERS = """
            UPDATE partition_offset AS follower SET barrier = greatest(follower.next_offset, leader.next_offset)
            FROM (SELECT partition, next_offset FROM partition_offset WHERE generation = :leader) AS leader
            WHERE follower.generation = :follower AND leader.partition = follower.partition
            """;
    private static final String LIFT_BARRIERS = "UPDATE partition_offset SET barrier = NULL WHERE barrier IS NOT NULL";

    /**
     * A batch's step in one partition.
     *
     * @param expectedOffset what this consumer read or wrote last
     * @param appliedUntil the latest append time of the batch, in microseconds since 1970; null if it has no record
     */
    public record Step(
            int partition,
            long expectedOffset,
            long nextOffset,
            @Nullable Long appliedUntil) {}

    private final JdbcClient jdbc;
    private final Rebuilds rebuilds;

    PartitionOffsets(JdbcClient jdbc, Rebuilds rebuilds) {
        this.jdbc = jdbc;
        this.rebuilds = rebuilds;
    }

    /** The same on {@code connection}, and so in its transaction. */
    public PartitionOffsets on(Connection connection) {
        return new PartitionOffsets(JdbcClient.create(new SingleConnectionDataSource(connection, true)), rebuilds);
    }

    /** The positions of {@code generation}, by partition. */
    public Map<Integer, PartitionPosition> of(int generation) {
        return jdbc.sql(OF_GENERATION).param("generation", generation).query(PartitionOffsets::position).list().stream()
                .collect(Collectors.toMap(
                        PartitionPosition::partition, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    /** The positions of every generation, by generation and partition. */
    public Map<Integer, Map<Integer, PartitionPosition>> all() {
        Map<Integer, Map<Integer, PartitionPosition>> all = new HashMap<>();
        jdbc.sql(ALL).query(row -> {
            PartitionPosition position = position(row, 0);
            all.computeIfAbsent(row.getInt("generation"), generation -> new HashMap<>())
                    .put(position.partition(), position);
        });
        return all;
    }

    /**
     * Stores where a new generation begins: where the topic begins, to be replayed up to where it ends.
     *
     * @param firstAppended when the first record of a partition was appended, where that is known
     */
    public void begin(int generation, TopicState topic, Map<Integer, Instant> firstAppended) {
        insert(generation, topic.topicId(), topic.beginningOffsets(), firstAppended, topic.endOffsets());
    }

    /**
     * Stores where reading begins of those partitions that have no position yet; nothing if the generation is not fed any
     * more. In the caller's transaction.
     */
    public void beginMissing(int generation, String topicId, Map<Integer, Long> firstOffsets) {
        if (rebuilds.lockIfFed(generation)) {
            insert(generation, topicId, firstOffsets, Map.of(), Map.of());
        }
    }

    private void insert(
            int generation,
            String topicId,
            Map<Integer, Long> firstOffsets,
            Map<Integer, Instant> firstAppended,
            Map<Integer, Long> replayUntil) {
        List<Integer> partitions = List.copyOf(firstOffsets.keySet());
        jdbc.sql(INSERT)
                .param("generation", generation)
                .param("topicId", topicId)
                .param("partitions", ArrayParameters.integers(partitions, partition -> partition))
                .param("firstOffsets", ArrayParameters.longs(partitions, partition -> firstOffsets.get(partition)))
                .param(
                        "firstAppended",
                        ArrayParameters.longs(partitions, partition -> millis(firstAppended.get(partition))))
                .param("replayUntil", ArrayParameters.longs(partitions, partition -> replayUntil.get(partition)))
                .update();
    }

    /** Forgets all positions of a generation: an instance that still reads for it cannot apply anything any more. */
    public void delete(int generation) {
        jdbc.sql(DELETE).param("generation", generation).update();
    }

    /**
     * Moves the stored offsets on, in the caller's transaction.
     *
     * @param topicId the topic that was read
     * @throws OffsetsMoved when a stored offset is not the expected one or belongs to another topic: another consumer owns
     *     the partition now, or the topic was recreated
     * @throws BarrierAhead when a step would pass a barrier
     */
    public void advance(int generation, String topicId, Collection<Step> steps) {
        int moved = jdbc.sql(ADVANCE)
                .param("partitions", ArrayParameters.integers(steps, Step::partition))
                .param("expected", ArrayParameters.longs(steps, Step::expectedOffset))
                .param("next", ArrayParameters.longs(steps, Step::nextOffset))
                .param("appliedUntil", ArrayParameters.longs(steps, Step::appliedUntil))
                .param("generation", generation)
                .param("topicId", topicId)
                .update();
        if (moved != steps.size()) {
            Map<Integer, Long> barriers = barriers(generation);
            if (steps.stream()
                    .anyMatch(step -> step.nextOffset() > barriers.getOrDefault(step.partition(), Long.MAX_VALUE))) {
                throw new BarrierAhead(barriers);
            }
            throw new OffsetsMoved(
                    generation, steps.stream().map(Step::partition).toList());
        }
    }

    /** By partition, the first offset that is not applied yet. */
    public Map<Integer, Long> nextOffsets(int generation) {
        return offsets(NEXT_OFFSETS, generation);
    }

    /** The same, locked until the caller's transaction ends: nobody can apply anything to the generation meanwhile. */
    public Map<Integer, Long> lock(int generation) {
        return offsets(LOCK, generation);
    }

    /** By partition, the offset that {@code generation} must not pass for now; empty almost always. */
    public Map<Integer, Long> barriers(int generation) {
        return offsets(BARRIERS, generation);
    }

    /** Lets {@code follower} read exactly as far as {@code leader} has read by now, or as it has read itself. */
    public void setBarriers(int follower, int leader) {
        jdbc.sql(SET_BARRIERS)
                .param("follower", follower)
                .param("leader", leader)
                .update();
    }

    /** Lifts every barrier; does nothing when there is none. */
    public void liftBarriers() {
        jdbc.sql(LIFT_BARRIERS).update();
    }

    private Map<Integer, Long> offsets(String sql, int generation) {
        Map<Integer, Long> offsets = new TreeMap<>();
        jdbc.sql(sql).param("generation", generation).query(row -> {
            offsets.put(row.getInt(1), row.getLong(2));
        });
        return offsets;
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static PartitionPosition position(ResultSet row, int rowNumber) throws SQLException {
        return new PartitionPosition(
                row.getInt("partition"),
                row.getString("topic_id"),
                row.getLong("first_offset"),
                instantOrNull(row, "first_appended_at"),
                row.getLong("replay_until"),
                row.getLong("next_offset"),
                instantOrNull(row, "applied_until"));
    }

    /** Another consumer moved a stored offset, or the topic was recreated: this batch must have no effect. */
    public static final class OffsetsMoved extends RuntimeException {
        OffsetsMoved(int generation, List<Integer> partitions) {
            super("Another consumer owns one of the partitions " + partitions + " of generation " + generation
                    + ", or the topic was recreated");
        }
    }
}
