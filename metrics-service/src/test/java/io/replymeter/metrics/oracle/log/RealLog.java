package io.replymeter.metrics.oracle.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageEventsTopic;
import io.replymeter.events.Role;
import io.replymeter.metrics.oracle.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Reads a file of real messages: {@value #HEADER}. Ids are UUIDs, times ISO 8601, and nothing is quoted. */
public final class RealLog {

    static final String HEADER = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at";

    private RealLog() {}

    /**
     * The messages of {@code file}, each appended when it was sent, shifted so that the newest is sent {@code at} that time.
     *
     * @throws IOException if the file is not there or has another form
     */
    public static List<LogRecord> endingAt(Instant at, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, UTF_8);
        if (lines.size() < 2 || !lines.get(0).equals(HEADER)) {
            throw new IOException(file + " does not begin with the line " + HEADER + ", followed by messages");
        }
        List<MessageCreated> messages =
                lines.stream().skip(1).map(line -> message(line.split(",", -1))).toList();
        Instant newest = messages.stream()
                .map(MessageCreated::sentAt)
                .max(Instant::compareTo)
                .orElseThrow();
        Duration shift = Duration.between(newest, at.truncatedTo(ChronoUnit.MILLIS));
        return messages.stream()
                .map(message -> record(message, shift))
                .sorted(comparing(LogRecord::appendedAt))
                .toList();
    }

    private static MessageCreated message(String[] fields) {
        Party client = new Party(UUID.fromString(fields[2]), Role.CLIENT);
        Party provider = new Party(UUID.fromString(fields[3]), Role.PROVIDER);
        boolean byClient = Role.valueOf(fields[4]) == Role.CLIENT;
        return (byClient ? client : provider)
                .writesTo(
                        byClient ? provider : client,
                        UUID.fromString(fields[1]),
                        UUID.fromString(fields[0]),
                        Instant.parse(fields[5]));
    }

    private static LogRecord record(MessageCreated message, Duration shift) {
        Instant sentAt = message.sentAt().plus(shift);
        MessageCreated shifted = new Party(message.senderId(), message.senderRole())
                .writesTo(
                        new Party(message.recipientId(), message.recipientRole()),
                        message.conversationId(),
                        message.messageId(),
                        sentAt);
        int partition = Math.floorMod(message.conversationId().hashCode(), MessageEventsTopic.PARTITIONS);
        return new LogRecord(partition, shifted, sentAt.truncatedTo(ChronoUnit.MILLIS));
    }
}
