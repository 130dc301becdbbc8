package io.replymeter.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.api.ImportResult;
import io.replymeter.local.api.ImportResult.RejectedRow;
import java.util.Collections;
import java.util.List;
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
    void aFileFullOfRejectedRowsDoesNotFloodTheTerminal() {
        summary.add(new ImportResult(5_000, 0, 0, 5_000, Collections.nCopies(1_000, new RejectedRow(2, "unreadable"))));

        assertThat(summary.lines()).hasSize(102).last().asString().contains("4,900 more");
    }
}
