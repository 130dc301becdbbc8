package io.replymeter.local.imports;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A row of a message log as text: one line with the time in the last cell. */
final class LogRow {

    static final String HEADER = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at";

    private LogRow() {}

    /** The time of the row, or null if its last cell is not a time. */
    static @Nullable Instant time(String row) {
        String cell = row.substring(row.lastIndexOf(',') + 1).strip();
        String text = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1)
                : cell;
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static String withTime(String row, Instant time) {
        return row.substring(0, row.lastIndexOf(',') + 1) + time;
    }
}
