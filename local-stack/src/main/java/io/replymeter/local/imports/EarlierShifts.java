package io.replymeter.local.imports;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Remembers by how much each log was moved when it was first imported. Moved differently, its rows are refused. */
final class EarlierShifts {

    private final Path file;

    /** @param file the file that keeps the shifts */
    EarlierShifts(Path file) {
        this.file = file;
    }

    Optional<String> of(Path log) {
        return Optional.ofNullable(read().getProperty(key(log)));
    }

    /** Remembers the first shift of {@code log}. */
    void remember(Path log, TimeShift shift) {
        Properties shifts = read();
        if (shifts.putIfAbsent(key(log), shift.toString()) == null) {
            write(shifts);
        }
    }

    private static String key(Path log) {
        return log.toAbsolutePath().normalize().toString();
    }

    private Properties read() {
        Properties shifts = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                shifts.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shifts;
    }

    private void write(Properties shifts) {
        StringWriter text = new StringWriter();
        try {
            shifts.store(text, "By how much each log was moved when it was first imported");
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
