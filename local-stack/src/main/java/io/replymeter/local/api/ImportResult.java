package io.replymeter.local.api;

import java.util.List;

/** The result of one import request. {@code errors} lists the first 1,000 rejected rows. */
public record ImportResult(long rows, long imported, long alreadyPresent, long rejected, List<RejectedRow> errors) {

    /** The result for a row that is not CSV. */
    public static ImportResult unreadable(long line) {
        return new ImportResult(1, 0, 0, 1, List.of(new RejectedRow(line, "is not CSV: check its quotes")));
    }

    /** A row that was not imported. Lines are counted from 1, which is the header. */
    public record RejectedRow(long line, String reason) {}
}
