package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.result.ProviderDay;
import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A listener as one writes it first: each event is one transaction, which reads and writes the conversation, adds to the
 * provider's day, and moves the offset. The option is the number of threads.
 */
public final class TransactionPerEvent implements TopicReader.Worker {

    private static final String TABLES = PeerRun.CREATE_DAILY + """
            ;
            CREATE TABLE conversation (conversation_id uuid PRIMARY KEY, state bytea NOT NULL);
            CREATE TABLE read_until (partition integer PRIMARY KEY, next_offset bigint NOT NULL);
            INSERT INTO read_until SELECT partition, 0 FROM generate_series(0, 11) AS partition
            """;
    private static final String READ = "SELECT state FROM conversation WHERE conversation_id = ? FOR UPDATE";
    private static final String WRITE = """
            INSERT INTO conversation VALUES (?, ?) ON CONFLICT (conversation_id) DO UPDATE SET state = excluded.state
            """;
    private static final String ADD = """
            INSERT INTO daily VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (provider_id, day) DO UPDATE
            SET inquiries = daily.inquiries + excluded.inquiries, answered = daily.answered + excluded.answered,
                answered_late = daily.answered_late + excluded.answered_late,
                response_micros = daily.response_micros + excluded.response_micros
            """;
    private static final String MOVE = """
            UPDATE read_until SET next_offset = ? WHERE partition = ? AND next_offset = ?
            """;

    private final Connection connection;
    private final PreparedStatement read;
    private final PreparedStatement write;
    private final PreparedStatement add;
    private final PreparedStatement move;

    private TransactionPerEvent(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        this.connection = connection;
        this.read = connection.prepareStatement(READ);
        this.write = connection.prepareStatement(WRITE);
        this.add = connection.prepareStatement(ADD);
        this.move = connection.prepareStatement(MOVE);
    }

    public static void main(String[] arguments) throws Exception {
        PeerRun run = new PeerRun(arguments);
        PeerTask task = run.task();
        try (Connection first = task.database().connect()) {
            try (Statement statement = first.createStatement()) {
                statement.execute(TABLES);
            }
            List<TransactionPerEvent> workers = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(task.option()); i++) {
                workers.add(new TransactionPerEvent(task.database().connect()));
            }
            run.readTopic(workers);
            run.committed();
            run.reportDaily(first);
        }
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) throws SQLException {
        Event event = PeerRun.decode(record.value());
        if (event != null) {
            apply(event);
        }
        move.setLong(1, record.offset() + 1);
        move.setInt(2, record.partition());
        move.setLong(3, record.offset());
        if (move.executeUpdate() != 1) {
            throw new IllegalStateException("Another process moved the offset of partition " + record.partition());
        }
        connection.commit();
    }

    private void apply(Event event) throws SQLException {
        List<ProviderDay> changes = new ArrayList<>();
        byte[] before = read(event.conversationId());
        byte[] after = InOrderFold.apply(before, event, changes::add);
        if (after != null && after != before) {
            write.setObject(1, event.conversationId());
            write.setBytes(2, after);
            write.executeUpdate();
        }
        for (ProviderDay change : changes) {
            add(change);
        }
    }

    private byte @Nullable [] read(UUID conversationId) throws SQLException {
        read.setObject(1, conversationId);
        try (ResultSet row = read.executeQuery()) {
            return row.next() ? row.getBytes(1) : null;
        }
    }

    private void add(ProviderDay change) throws SQLException {
        add.setObject(1, change.providerId());
        add.setInt(2, change.day());
        add.setLong(3, change.inquiries());
        add.setLong(4, change.answered());
        add.setLong(5, change.answeredLate());
        add.setLong(6, change.responseMicros());
        add.executeUpdate();
    }

    @Override
    public void finish() throws SQLException {
        connection.close();
    }
}
