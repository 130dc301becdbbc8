package io.replymeter.local.imports;

import io.replymeter.local.api.ImportResult;
import io.replymeter.local.api.ImportResult.RejectedRow;
import java.util.ArrayList;
import java.util.List;

/** Adds up the results of the chunks. */
final class ImportSummary {

    private static final int LISTED = 20;

    private final List<Run> runs = new ArrayList<>();
    private long imported;
    private long alreadyPresent;
    private long rejected;

    void add(ImportResult result) {
        imported += result.imported();
        alreadyPresent += result.alreadyPresent();
        rejected += result.rejected();
        result.errors().forEach(this::add);
    }

    boolean hasRejectedRows() {
        return rejected > 0;
    }

    /** Whether the service holds any of the rows. */
    boolean hasPresentRows() {
        return imported + alreadyPresent > 0;
    }

    /** A line with the counts, then one line for each of the first 20 runs of rows rejected for the same reason. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%,d imported, %,d already present, %,d rejected".formatted(imported, alreadyPresent, rejected));
        runs.stream().limit(LISTED).map(Run::text).forEach(lines::add);
        long listed = runs.stream().limit(LISTED).mapToLong(Run::rows).sum();
        if (rejected > listed) {
            lines.add("… and %,d more. Correct these first, then import the file again.".formatted(rejected - listed));
        }
        return lines;
    }

    private void add(RejectedRow row) {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.isContinuedBy(row)) {
            runs.set(runs.size() - 1, new Run(last.first(), row.line(), row.reason()));
        } else {
            runs.add(new Run(row.line(), row.line(), row.reason()));
        }
    }

    /** Consecutive lines that were rejected for the same reason. */
    private record Run(long first, long last, String reason) {

        long rows() {
            return last - first + 1;
        }

        boolean isContinuedBy(RejectedRow row) {
            return row.line() == last + 1 && row.reason().equals(reason);
        }

        String text() {
            return first == last
                    ? "line %d: %s".formatted(first, reason)
                    : "lines %d to %d: %s".formatted(first, last, reason);
        }
    }
}
