package io.replymeter.faults.check;

import static java.util.stream.Collectors.toSet;

import io.replymeter.faults.check.Snapshot.DayRow;
import io.replymeter.faults.check.Snapshot.FactRow;
import io.replymeter.faults.check.Snapshot.MessageRow;
import io.replymeter.faults.check.Snapshot.Place;
import io.replymeter.faults.check.Snapshot.Tables;
import io.replymeter.faults.check.Snapshot.TopicRecord;
import io.replymeter.faults.stack.Cluster;
import io.replymeter.metrics.oracle.Inquiry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Reads the topic, the tables and the REST API, past everything that is broken on purpose. */
public final class SnapshotReader {

    private static final String FED = "SELECT generation FROM rebuild WHERE fed ORDER BY generation";
    private static final String LIVE = "SELECT generation FROM active_generation";
    private static final String OLDEST = "SELECT min(accepted_at) FROM outbox";
    private static final String MESSAGES =
            "SELECT id, conversation_id, sender_id, sequence, sent_at, deleted_at FROM messages";
    private static final String DELETED = "SELECT id FROM conversations WHERE deleted_at IS NOT NULL";
    private static final String OFFSETS = "SELECT partition, next_offset FROM partition_offset WHERE generation = ?";
    private static final String INQUIRIES = "SELECT * FROM inquiry WHERE generation = ?";
    private static final String DAYS = "SELECT * FROM daily_metrics WHERE generation = ?";
    private static final String FACTS = "SELECT conversation_id, message_id, sent_at FROM fact WHERE generation = ?";
    private static final String FACTS_OF_LIVE = "SELECT count(*) FROM fact JOIN active_generation USING (generation)";
    private static final String OUTBOX = "SELECT count(*) FROM outbox";
    private static final String QUARANTINE = "SELECT partition, record_offset FROM quarantine WHERE topic_id = ?";

    private final Cluster cluster;
    private final TopicReader topic;
    private final MetricsApi api;
    private final List<TopicRecord> removed = new ArrayList<>();

    public SnapshotReader(Cluster cluster, String topic, List<UUID> providers) {
        this.cluster = cluster;
        this.topic = new TopicReader(cluster, topic);
        this.api = new MetricsApi(cluster, providers);
    }

    /** Takes a row of a query's answer. */
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All of it. */
    public Snapshot read() throws InterruptedException {
        try (Connection messaging = cluster.connect("messaging");
                Connection metrics = cluster.connect("metrics")) {
            return new Snapshot(
                    List.copyOf(removed),
                    topic.records(),
                    topic.ends(),
                    rows(messaging, MESSAGES, SnapshotReader::message),
                    new HashSet<>(rows(messaging, DELETED, row -> row.getObject(1, UUID.class))),
                    rows(messaging, OUTBOX, row -> row.getLong(1)).get(0),
                    quarantine(metrics),
                    generations(metrics),
                    api.shown());
        } catch (SQLException | ExecutionException e) {
            throw new IllegalStateException("PostgreSQL or Kafka did not answer", e);
        }
    }

    /** How many messages count for readers. */
    public long factsOfLive() throws SQLException {
        try (Connection metrics = cluster.connect("metrics")) {
            return rows(metrics, FACTS_OF_LIVE, row -> row.getLong(1)).get(0);
        }
    }

    /** Remembers the topic's records, because they are about to be removed. */
    public void remember() {
        removed.addAll(topic.records());
    }

    /** Of the records that the topic has. */
    private Set<Place> quarantine(Connection metrics) throws SQLException, ExecutionException, InterruptedException {
        Map<Integer, Long> beginnings = topic.beginnings();
        return rows(metrics, QUARANTINE, row -> new Place(row.getInt(1), row.getLong(2)), topic.id()).stream()
                .filter(place -> place.offset() >= beginnings.getOrDefault(place.partition(), 0L))
                .collect(toSet());
    }

    /** Whether nothing is on its way any more: no event waits, and every fed generation has read the topic to its end. */
    public boolean isQuiet() throws SQLException {
        return haveBeenSent(Instant.MAX) && haveRead(topic.ends(), FED);
    }

    /** Whether no event waits any more that was accepted before {@code time}. */
    public boolean haveBeenSent(Instant time) throws SQLException {
        try (Connection messaging = cluster.connect("messaging")) {
            return rows(messaging, OLDEST, row -> row.getObject(1, OffsetDateTime.class)).stream()
                    .noneMatch(oldest -> oldest != null && oldest.toInstant().isBefore(time));
        }
    }

    /** Whether the live generation has read up to {@code ends}. */
    public boolean liveHasRead(Map<Integer, Long> ends) throws SQLException {
        return haveRead(ends, LIVE);
    }

    private boolean haveRead(Map<Integer, Long> ends, String generations) throws SQLException {
        try (Connection metrics = cluster.connect("metrics")) {
            for (int generation : rows(metrics, generations, row -> row.getInt(1))) {
                Map<Integer, Long> read = offsets(metrics, generation);
                if (ends.entrySet().stream().anyMatch(end -> read.getOrDefault(end.getKey(), 0L) < end.getValue())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** By partition, where the topic ends now. */
    public Map<Integer, Long> ends() {
        return topic.ends();
    }

    private Map<Integer, Tables> generations(Connection metrics) throws SQLException {
        Map<Integer, Tables> generations = new LinkedHashMap<>();
        for (int generation : rows(metrics, FED, row -> row.getInt(1))) {
            generations.put(
                    generation,
                    new Tables(
                            offsets(metrics, generation),
                            rows(metrics, INQUIRIES, SnapshotReader::inquiry, generation),
                            rows(metrics, DAYS, SnapshotReader::day, generation),
                            rows(
                                    metrics,
                                    FACTS,
                                    row -> new FactRow(uuid(row, 1), uuid(row, 2), time(row, "sent_at")),
                                    generation)));
        }
        return generations;
    }

    private static Map<Integer, Long> offsets(Connection metrics, int generation) throws SQLException {
        Map<Integer, Long> offsets = new HashMap<>();
        rows(metrics, OFFSETS, row -> offsets.put(row.getInt(1), row.getLong(2)), generation);
        return offsets;
    }

    private static <T extends @Nullable Object> List<T> rows(
            Connection connection, String sql, Row<T> mapping, Object... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet answer = query.executeQuery()) {
                while (answer.next()) {
                    rows.add(mapping.read(answer));
                }
            }
            return rows;
        }
    }

    private static MessageRow message(ResultSet row) throws SQLException {
        return new MessageRow(
                uuid(row, 1),
                uuid(row, 2),
                uuid(row, 3),
                row.getLong("sequence"),
                time(row, "sent_at"),
                row.getObject("deleted_at") != null);
    }

    private static Inquiry inquiry(ResultSet row) throws SQLException {
        Instant openedAt = time(row, "opened_at");
        String excusedBy = row.getString("excused_by");
        return new Inquiry(
                row.getObject("provider_id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                row.getObject("initial_message_id", UUID.class),
                row.getObject("asked_at") == null ? openedAt : time(row, "asked_at"),
                openedAt,
                row.getObject("response_message_id", UUID.class),
                row.getObject("responded_at") == null ? null : time(row, "responded_at"),
                excusedBy == null
                        ? null
                        : new Inquiry.Excuse(excusedBy, row.getString("excuse_reason"), time(row, "excused_at")));
    }

    private static DayRow day(ResultSet row) throws SQLException {
        return new DayRow(
                row.getObject("provider_id", UUID.class),
                row.getObject("day", LocalDate.class),
                row.getLong("inquiries"),
                row.getLong("answered"),
                row.getLong("answered_late"),
                row.getLong("excused_by_platform"),
                row.getLong("excused_by_provider"),
                row.getLong("response_micros"));
    }

    private static UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
