package io.replymeter.local.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects lines into chunks without gaps: a row's index in its chunk then gives its line number. */
final class ChunkBuilder {

    private final String header;
    private final int size;
    private final Consumer<Chunk> consumer;
    private final List<String> rows = new ArrayList<>();
    private long firstLine;

    ChunkBuilder(LogHeader header, int size, Consumer<Chunk> consumer) {
        this.header = header.line();
        this.size = size;
        this.consumer = consumer;
    }

    /** Adds a row. A blank line ends the chunk. */
    void add(long number, String line) {
        if (line.isBlank()) {
            finish();
            return;
        }
        if (rows.isEmpty()) {
            firstLine = number;
        }
        rows.add(line);
        if (rows.size() == size) {
            finish();
        }
    }

    void finish() {
        if (!rows.isEmpty()) {
            consumer.accept(new Chunk(header, firstLine, List.copyOf(rows)));
            rows.clear();
        }
    }
}
