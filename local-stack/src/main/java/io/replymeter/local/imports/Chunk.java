package io.replymeter.local.imports;

import java.util.List;

/** Consecutive rows of a log. {@code firstLine} is the line number of the first row. */
record Chunk(String header, long firstLine, List<String> rows) {

    /** The rows as the import endpoint takes them, with the header. */
    String csv() {
        return header + "\n" + String.join("\n", rows) + "\n";
    }

    /** Two chunks with half of the rows each. */
    List<Chunk> halves() {
        int middle = rows.size() / 2;
        return List.of(
                new Chunk(header, firstLine, rows.subList(0, middle)),
                new Chunk(header, firstLine + middle, rows.subList(middle, rows.size())));
    }
}
