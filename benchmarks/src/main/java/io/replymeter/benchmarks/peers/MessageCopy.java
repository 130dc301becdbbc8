package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.measurement.Micros;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Copies one thread's share of the messages into their table, and inserts the deletions at the end. */
final class MessageCopy implements TopicReader.Worker {

    private static final String COPY = "COPY message FROM STDIN (FORMAT binary)";
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final String DELETED_MESSAGE = "INSERT INTO deleted_message VALUES (?, ?)";
    private static final String DELETED_CONVERSATION = "INSERT INTO deleted_conversation VALUES (?)";

    private final Connection connection;
    private final DataOutputStream rows;
    private final List<Event> deletions = new ArrayList<>();

    MessageCopy(Connection connection) throws SQLException, IOException {
        this.connection = connection;
        connection.setAutoCommit(false);
        rows = new DataOutputStream(
                new BufferedOutputStream(new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY), 1 << 16));
        rows.write(SIGNATURE);
        rows.writeLong(0);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        Event event = PeerRun.decode(record.value());
        if (event instanceof MessageCreated message) {
            write(message);
        } else if (event != null) {
            deletions.add(event);
        }
    }

    private void write(MessageCreated message) throws IOException {
        rows.writeShort(5);
        write(message.conversationId());
        write(message.messageId());
        write(InOrderFold.providerId(message));
        rows.writeInt(1);
        rows.writeBoolean(InOrderFold.isFromClient(message));
        rows.writeInt(8);
        rows.writeLong(Micros.of(message.sentAt()));
    }

    private void write(UUID id) throws IOException {
        rows.writeInt(16);
        rows.writeLong(id.getMostSignificantBits());
        rows.writeLong(id.getLeastSignificantBits());
    }

    @Override
    public void finish() throws IOException, SQLException {
        rows.writeShort(-1);
        rows.close();
        try (PreparedStatement message = connection.prepareStatement(DELETED_MESSAGE);
                PreparedStatement conversation = connection.prepareStatement(DELETED_CONVERSATION)) {
            for (Event deletion : deletions) {
                PreparedStatement insert = conversation;
                if (deletion instanceof MessageDeleted ofMessage) {
                    insert = message;
                    insert.setObject(2, ofMessage.messageId());
                }
                insert.setObject(1, deletion.conversationId());
                insert.addBatch();
            }
            message.executeBatch();
            conversation.executeBatch();
        }
        connection.commit();
    }
}
