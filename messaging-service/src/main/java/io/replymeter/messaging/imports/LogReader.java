package io.replymeter.messaging.imports;

import io.replymeter.messaging.conversation.PastMessage;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.web.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads a message log. A row that cannot be read is reported at its line; a file that cannot be read is refused. */
final class LogReader {

    static final List<String> COLUMNS =
            List.of("message_id", "conversation_id", "client_id", "provider_id", "sender_role", "sent_at");
    static final int MAXIMUM_ROWS = 10_000;

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setIgnoreEmptyLines(false)
            .setTrim(true)
            .get();
    private static final int BYTE_ORDER_MARK = '\uFEFF';
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private LogReader() {}

    /**
     * The rows of {@code csv}, without empty ones.
     *
     * @param firstLine the line number of the first row after the header
     * @throws Problem when it is not a message log, or longer than {@link #MAXIMUM_ROWS} rows
     */
    static List<LogLine> read(InputStream csv, long firstLine) throws IOException {
        try (CSVParser rows = CSVParser.parse(withoutMark(csv), FORMAT)) {
            if (!rows.getHeaderNames().containsAll(COLUMNS)) {
                throw ImportProblems.unreadable("the header line does not name every column");
            }
            List<LogLine> lines = new ArrayList<>();
            for (CSVRecord row : rows) {
                if (row.getRecordNumber() > MAXIMUM_ROWS) {
                    throw ImportProblems.tooLong();
                }
                if (row.size() > 1 || !row.get(0).isEmpty()) {
                    lines.add(line(firstLine + row.getRecordNumber() - 1, row));
                }
            }
            return lines;
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw ImportProblems.unreadable("its quotes or columns are malformed");
        }
    }

    private static Reader withoutMark(InputStream csv) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static LogLine line(long number, CSVRecord row) {
        if (!row.isConsistent()) {
            return new LogLine.Rejected(number, "does not have as many columns as the header line");
        }
        try {
            return new LogLine.Parsed(
                    number,
                    new PastMessage(
                            uuid(row, "message_id"),
                            uuid(row, "conversation_id"),
                            uuid(row, "client_id"),
                            uuid(row, "provider_id"),
                            role(row.get("sender_role")),
                            time(row.get("sent_at"))));
        } catch (Unreadable e) {
            return new LogLine.Rejected(number, e.getMessage());
        }
    }

    private static UUID uuid(CSVRecord row, String column) throws Unreadable {
        String text = row.get(column);
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) { // fromString takes 1-1-1-1-1 and misplaced dashes too
                return id;
            }
        } catch (IllegalArgumentException e) {
            // The same reason as below.
        }
        throw new Unreadable(column + " is not a UUID");
    }

    private static UserRole role(String text) throws Unreadable {
        return switch (text) {
            case "CLIENT" -> UserRole.CLIENT;
            case "PROVIDER" -> UserRole.PROVIDER;
            default -> throw new Unreadable("sender_role is neither CLIENT nor PROVIDER");
        };
    }

    private static Instant time(String text) throws Unreadable {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(END)) {
                return time;
            }
        } catch (DateTimeException e) {
            // The same reason as below.
        }
        throw new Unreadable(
                "sent_at is not a date and time with an offset, from 1970 on, such as 2026-11-22T10:00:00Z");
    }

    private static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
