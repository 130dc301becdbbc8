package io.replymeter.messaging.imports;

import io.replymeter.web.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads a message log. A row that cannot be read is reported at its line; a file that cannot be read is refused. */
final class LogReader {

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

    private LogReader() {}

    /**
     * The rows of {@code csv}, without empty ones.
     *
     * @param firstLine the line number of the first row after the header
     * @throws Problem when it is not a message log, or longer than {@link #MAXIMUM_ROWS} rows
     */
    static List<LogLine> read(InputStream csv, long firstLine) throws IOException {
        try (CSVParser rows = CSVParser.parse(withoutMark(csv), FORMAT)) {
            if (!rows.getHeaderNames().containsAll(LogRow.REQUIRED)) {
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
            return new LogLine.Parsed(number, new LogRow(row).message());
        } catch (LogRow.Unreadable e) {
            return new LogLine.Rejected(number, e.reason());
        }
    }
}
