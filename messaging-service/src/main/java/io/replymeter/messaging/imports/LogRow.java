package io.replymeter.messaging.imports;

import io.replymeter.events.ExcuseReason;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageKind;
import io.replymeter.messaging.conversation.History.PastMessage;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.web.input.CanonicalUuid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A row of a message log. An empty cell of an optional column is the same as none. */
final class LogRow {

    /** Columns that every log has. */
    static final List<String> REQUIRED =
            List.of("message_id", "conversation_id", "client_id", "provider_id", "sender_role", "sent_at");

    private static final List<String> EXCUSE = List.of("excused_by", "excuse_reason", "excused_at");
    private static final List<MessageKind> KINDS = List.of(
            MessageKind.HUMAN, MessageKind.ACTION, MessageKind.AUTO_REPLY, MessageKind.SYSTEM, MessageKind.NOTE);
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** The row is no message of a log. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }

        /** What the row would have to be. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final CSVRecord row;

    LogRow(CSVRecord row) {
        this.row = row;
    }

    PastMessage message() throws Unreadable {
        UUID id = uuid("message_id");
        UUID conversation = uuid("conversation_id");
        UUID client = uuid("client_id");
        UUID provider = uuid("provider_id");
        UserRole sender = oneOf("sender_role", List.of(UserRole.CLIENT, UserRole.PROVIDER));
        Instant sentAt = time("sent_at");
        return new PastMessage(
                id,
                conversation,
                client,
                provider,
                sender,
                sentAt,
                has("kind") ? oneOf("kind", KINDS) : MessageKind.HUMAN,
                has("answering_for") ? uuid("answering_for") : null,
                answerableFrom(sender),
                excuse(conversation, id, sender, sentAt));
    }

    private @Nullable Instant answerableFrom(UserRole sender) throws Unreadable {
        if (!has("answerable_from")) {
            return null;
        }
        requireClient(sender, "answerable_from");
        return time("answerable_from");
    }

    private @Nullable InquiryExcused excuse(UUID conversation, UUID message, UserRole sender, Instant sentAt)
            throws Unreadable {
        if (EXCUSE.stream().noneMatch(this::has)) {
            return null;
        }
        if (!EXCUSE.stream().allMatch(this::has)) {
            throw new Unreadable("excused_by, excuse_reason and excused_at go together");
        }
        requireClient(sender, "excused_by");
        ExcusedBy by = oneOf("excused_by", List.of(ExcusedBy.values()));
        ExcuseReason reason = oneOf("excuse_reason", List.of(ExcuseReason.values()));
        Instant at = time("excused_at");
        if (at.isBefore(sentAt)) {
            throw new Unreadable("excused_at lies before sent_at");
        }
        return new InquiryExcused(conversation, message, reason, by, at);
    }

    private static void requireClient(UserRole sender, String column) throws Unreadable {
        if (sender != UserRole.CLIENT) {
            throw new Unreadable(column + " is only for a client's message");
        }
    }

    private boolean has(String column) {
        return row.isMapped(column) && !row.get(column).isEmpty();
    }

    private UUID uuid(String column) throws Unreadable {
        try {
            return CanonicalUuid.parse(row.get(column));
        } catch (IllegalArgumentException e) {
            throw new Unreadable(column + " is not a UUID");
        }
    }

    private <E extends Enum<E>> E oneOf(String column, List<E> values) throws Unreadable {
        for (E value : values) {
            if (value.name().equals(row.get(column))) {
                return value;
            }
        }
        String names = values.stream().map(Enum::name).collect(Collectors.joining(", "));
        throw new Unreadable(column + " is none of " + names);
    }

    private Instant time(String column) throws Unreadable {
        try {
            Instant time = OffsetDateTime.parse(row.get(column)).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(END)) {
                return time;
            }
        } catch (DateTimeException e) {
            // The same reason as below.
        }
        throw new Unreadable(
                column + " is not a date and time with an offset, from 1970 on, such as 2026-11-22T10:00:00Z");
    }
}
