package io.replymeter.local.imports;

import java.util.List;

/** Neighbouring rows of a log; {@code firstLine} is the line number of the first. */
record Chunk(long firstLine, List<String> rows) {

    /** As the import endpoint takes it: with the header. */
    String csv() {
        return LogRow.HEADER + "\n" + String.join("\n", rows) + "\n";
    }
}
