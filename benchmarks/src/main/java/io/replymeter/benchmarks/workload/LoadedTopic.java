package io.replymeter.benchmarks.workload;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A topic that holds a workload, and what pairing it has to end in.
 *
 * @param requested the workload's number of events, as asked for
 * @param events how many there are
 * @param bytes of all values before compression
 * @param end of the workload
 * @param checksum of the results
 */
public record LoadedTopic(
        String name, long requested, long seed, long events, long bytes, Instant end, String checksum) {

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".properties");
    }

    /** The topic that was loaded before; empty if none was. */
    static Optional<LoadedTopic> read(Path folder, String name) {
        if (!Files.exists(file(folder, name))) {
            return Optional.empty();
        }
        Properties its = new Properties();
        try (Reader reader = Files.newBufferedReader(file(folder, name))) {
            its.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new LoadedTopic(
                name,
                Long.parseLong(its.getProperty("requested")),
                Long.parseLong(its.getProperty("seed")),
                Long.parseLong(its.getProperty("events")),
                Long.parseLong(its.getProperty("bytes")),
                Instant.parse(its.getProperty("end")),
                its.getProperty("checksum")));
    }

    void write(Path folder) {
        Properties its = new Properties();
        its.setProperty("requested", Long.toString(requested));
        its.setProperty("seed", Long.toString(seed));
        its.setProperty("events", Long.toString(events));
        its.setProperty("bytes", Long.toString(bytes));
        its.setProperty("end", end.toString());
        its.setProperty("checksum", checksum);
        try (Writer writer = Files.newBufferedWriter(file(folder, name))) {
            its.store(writer, "loaded");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
