package io.replymeter.local.imports;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The header line of a message log, which says in which cells of a row times are. A row is one line. */
final class LogHeader {

    /** The columns that every log has, and the header of a log without others. */
    static final String REQUIRED = "message_id,conversation_id,client_id,provider_id,sender_role,sent_at";

    static final LogHeader SHORTEST = new LogHeader(REQUIRED);

    private static final Set<String> OPTIONAL =
            Set.of("kind", "answering_for", "answerable_from", "excused_by", "excuse_reason", "excused_at");
    private static final Set<String> TIMES = Set.of("sent_at", "answerable_from", "excused_at");

    /** A message may be answerable only later, but nobody sends or excuses it in the future. */
    private static final Set<String> PAST_TIMES = Set.of("sent_at", "excused_at");

    private final List<String> columns;

    private LogHeader(String line) {
        this.columns = Stream.of(line.split(",", -1)).map(String::strip).toList();
    }

    /** The header of a log with these columns after those that every log has. */
    static LogHeader of(List<String> moreColumns) {
        return new LogHeader(REQUIRED + "," + String.join(",", moreColumns));
    }

    /** The header in {@code line}; empty unless it is one of a log. Quotes are dropped. */
    static Optional<LogHeader> read(String line) {
        LogHeader header = new LogHeader(line.replace("\"", ""));
        return header.isOfALog() ? Optional.of(header) : Optional.empty();
    }

    /** Other columns are refused: their cells might hold commas, and then times would be looked for in wrong cells. */
    private boolean isOfALog() {
        List<String> more = new ArrayList<>(columns);
        SHORTEST.columns.forEach(more::remove);
        return columns.containsAll(SHORTEST.columns)
                && OPTIONAL.containsAll(more)
                && Set.copyOf(more).size() == more.size();
    }

    String line() {
        return String.join(",", columns);
    }

    /** The latest time at which something happened; null if the row has none that can be read. */
    @Nullable Instant newest(String row) {
        String[] cells = row.split(",", -1);
        return IntStream.range(0, isRow(cells) ? cells.length : 0)
                .filter(i -> PAST_TIMES.contains(columns.get(i)))
                .mapToObj(i -> time(cells[i]))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(null);
    }

    /** The row with every time changed. What is no time stays: the service says what is wrong with it. */
    String withTimes(String row, UnaryOperator<Instant> change) {
        String[] cells = row.split(",", -1);
        if (!isRow(cells)) {
            return row;
        }
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            Optional<Instant> time = TIMES.contains(columns.get(i)) ? time(cells[i]) : Optional.empty();
            changed.add(time.map(change).map(Instant::toString).orElse(cells[i]));
        }
        return String.join(",", changed);
    }

    private boolean isRow(String[] cells) {
        return cells.length == columns.size();
    }

    private static Optional<Instant> time(String cell) {
        String text = cell.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        try {
            return Optional.of(Instant.parse(quoted ? text.substring(1, text.length() - 1) : text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
