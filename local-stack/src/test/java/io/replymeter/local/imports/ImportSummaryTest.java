package io.replymeter.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.api.ImportResult;
import io.replymeter.local.api.ImportResult.RejectedRow;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ImportSummaryTest {

    private final ImportSummary summary = new ImportSummary();

    @Test
    void countsAreSummedOverChunks() {
        summary.add(new ImportResult(3, 2, 1, 0, List.of()));
        summary.add(new ImportResult(3, 2, 0, 1, List.of(new RejectedRow(5, "sent_at lies in the future"))));

        assertThat(summary.lines())
                .containsExactly("4 imported, 1 already present, 1 rejected", "line 5: sent_at lies in the future");
        assertThat(summary.hasRejectedRows()).isTrue();
    }

    @Test
    void neighboursRejectedForTheSameReasonAreOneLine() {
        summary.add(new ImportResult(3, 0, 0, 3, List.of(row(2, "a"), row(3, "a"), row(4, "b"))));
        summary.add(new ImportResult(2, 0, 0, 2, List.of(row(5, "b"), row(7, "b"))));

        assertThat(summary.lines()).contains("lines 2 to 3: a", "lines 4 to 5: b", "line 7: b");
    }

    @Test
    void aFileFullOfRejectedRowsDoesNotFloodTheTerminal() {
        List<RejectedRow> errors = LongStream.range(2, 1_002)
                .mapToObj(line -> row(line, "reason " + line))
                .toList();
        summary.add(new ImportResult(5_000, 0, 0, 5_000, errors));

        assertThat(summary.lines()).hasSize(22).last().asString().contains("4,980 more");
    }

    private static RejectedRow row(long line, String reason) {
        return new RejectedRow(line, reason);
    }
}
