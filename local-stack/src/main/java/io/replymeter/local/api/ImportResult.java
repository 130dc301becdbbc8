package io.replymeter.local.api;

import java.util.List;

/** What became of the rows of one import request; {@code errors} lists the first 1,000 of the rejected ones. */
public record ImportResult(long rows, long imported, long alreadyPresent, long rejected, List<RejectedRow> errors) {

    /** A row that was not imported: {@code line} counts from 1, the header. */
    public record RejectedRow(long line, String reason) {}
}
