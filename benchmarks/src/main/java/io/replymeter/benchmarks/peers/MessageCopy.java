package io.replymeter.benchmarks.peers;

import static java.util.Objects.requireNonNull;

import io.replymeter.benchmarks.pairing.EventReader;
import io.replymeter.benchmarks.pairing.PairingEvent;
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

/** Copies one thread's share of the messages into their table; what was deleted follows at the end. */
final class MessageCopy implements Backlog.Worker {

    private static final String COPY = "COPY message FROM STDIN (FORMAT binary)";
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final String DELETED_MESSAGE = "INSERT INTO deleted_message VALUES (?, ?)";
    private static final String DELETED_CONVERSATION = "INSERT INTO deleted_conversation VALUES (?)";

    private final EventReader reader;
    private final Connection connection;
    private final DataOutputStream rows;
    private final List<PairingEvent> deletions = new ArrayList<>();

    MessageCopy(EventReader reader, Connection connection) throws SQLException, IOException {
        this.reader = reader;
        this.connection = connection;
        connection.setAutoCommit(false);
        rows = new DataOutputStream(
                new BufferedOutputStream(new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY), 1 << 16));
        rows.write(SIGNATURE);
        rows.writeLong(0);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        PairingEvent event = reader.read(record.value());
        if (event == null) {
            return;
        }
        if (event.type() != PairingEvent.Type.MESSAGE) {
            deletions.add(event);
            return;
        }
        rows.writeShort(5);
        write(event.conversationId());
        write(requireNonNull(event.messageId()));
        write(requireNonNull(event.providerId()));
        rows.writeInt(1);
        rows.writeBoolean(event.fromClient());
        rows.writeInt(8);
        rows.writeLong(event.at());
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
            for (PairingEvent deletion : deletions) {
                PreparedStatement insert = deletion.messageId() == null ? conversation : message;
                insert.setObject(1, deletion.conversationId());
                if (deletion.messageId() != null) {
                    insert.setObject(2, deletion.messageId());
                }
                insert.addBatch();
            }
            message.executeBatch();
            conversation.executeBatch();
        }
        connection.commit();
    }
}
