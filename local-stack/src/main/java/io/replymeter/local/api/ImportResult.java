package io.replymeter.local.api;

import java.util.List;

/** What became of the rows of one import request; {@code errors} lists the first 1,000 of the rejected ones. */
public record ImportResult(long rows, long imported, long alreadyPresent, long rejected, List<RejectedRow> errors) {

    /** What became of a row that is no CSV. */
    public static ImportResult unreadable(long line) {
        return new ImportResult(1, 0, 0, 1, List.of(new RejectedRow(line, "is no CSV: check its quotes")));
    }

    /** A row that was not imported: {@code line} counts from 1, the header. */
    public record RejectedRow(long line, String reason) {}
}
