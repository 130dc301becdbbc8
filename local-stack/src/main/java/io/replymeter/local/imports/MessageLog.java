package io.replymeter.local.imports;

import io.replymeter.local.stack.CannotContinue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message log in a CSV file (UTF-8, one row per line with the time in the last cell). It is read as a stream and may be of any size. */
final class MessageLog {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;

    MessageLog(Path file) {
        this.file = file;
    }

    /**
     * What the file contains.
     *
     * @param rows the number of rows without the header
     * @param newest the latest time; null if no row has a time
     */
    record Survey(long rows, @Nullable Instant newest) {}

    Survey survey() {
        return read((header, reader) -> {
            long rows = 0;
            Instant newest = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows += line.isBlank() ? 0 : 1;
                Instant time = header.newest(line);
                newest = time != null && (newest == null || time.isAfter(newest)) ? time : newest;
            }
            return new Survey(rows, newest);
        });
    }

    /** Passes the rows to {@code consumer} in order, with their times moved, in chunks of at most {@code size} rows. */
    void forEachChunk(int size, TimeShift shift, Consumer<Chunk> consumer) {
        read((header, reader) -> {
            ChunkBuilder chunk = new ChunkBuilder(header, size, consumer);
            long number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                chunk.add(number, line.isBlank() ? line : shift.applyTo(line, header));
            }
            chunk.finish();
            return chunk;
        });
    }

    private <T> T read(Reading<T> reading) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reading.of(header(reader.readLine()), reader);
        } catch (NoSuchFileException e) {
            throw new CannotContinue("There is no file " + file + ".", e);
        } catch (CharacterCodingException e) {
            throw new CannotContinue(file + " is not UTF-8 text: export it as CSV in UTF-8.", e);
        } catch (IOException e) {
            throw new CannotContinue("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private LogHeader header(@Nullable String line) {
        return LogHeader.read(line == null ? "" : line.replace(BYTE_ORDER_MARK, ' '))
                .orElseThrow(() -> new CannotContinue(file + " is not a message log: its first line must be "
                        + LogHeader.REQUIRED + ", optionally with more of the columns in docs/integrate.md"));
    }

    private interface Reading<T> {
        T of(LogHeader header, BufferedReader reader) throws IOException;
    }
}
