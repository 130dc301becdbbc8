package io.replymeter.local.imports;

import io.replymeter.local.api.ImportResult;
import io.replymeter.local.api.ImportResult.RejectedRow;
import java.util.ArrayList;
import java.util.List;

/** What became of all rows so far. */
final class ImportSummary {

    private static final int LISTED = 100;

    private final List<RejectedRow> errors = new ArrayList<>();
    private long imported;
    private long alreadyPresent;
    private long rejected;

    void add(ImportResult result) {
        imported += result.imported();
        alreadyPresent += result.alreadyPresent();
        rejected += result.rejected();
        result.errors().stream().limit(LISTED - errors.size()).forEach(errors::add);
    }

    boolean hasRejectedRows() {
        return rejected > 0;
    }

    /** One line with the counts, then one for each rejected row, the first 100 of them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%,d imported, %,d already present, %,d rejected".formatted(imported, alreadyPresent, rejected));
        errors.forEach(error -> lines.add("line %d: %s".formatted(error.line(), error.reason())));
        if (rejected > errors.size()) {
            lines.add("… and %,d more; correct these first, then import the file again."
                    .formatted(rejected - errors.size()));
        }
        return lines;
    }
}
