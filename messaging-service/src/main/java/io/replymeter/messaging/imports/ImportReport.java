package io.replymeter.messaging.imports;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** How many of a log's rows were imported, and why the others were not. */
record ImportReport(
        long rows,
        long imported,

        @Schema(description = "imported before, or repeated in this log; unchanged")
        long alreadyPresent,

        long rejected,

        @Schema(description = "the rejected rows in order, at most 1,000 of them")
        List<LogLine.Rejected> errors) {}
