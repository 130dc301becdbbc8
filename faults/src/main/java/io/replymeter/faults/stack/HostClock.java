package io.replymeter.faults.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The clock of one process, which can be set wrong while it runs: libfaketime, which {@code faults/run} puts before all
 * processes where it is installed, reads from a file how wrong the clock is.
 */
public final class HostClock {

    private static final String FILE = "FAKETIME_TIMESTAMP_FILE";
    private static final String COMMANDS = "FAKETIME_ONLY_CMDS";
    /** libfaketime reads the file again after a second. Nobody but the process with that clock could tell when it has. */
    private static final long PAUSE_MILLIS = 1_500;

    private final Path file;

    private HostClock(Path file) {
        this.file = file;
    }

    public static boolean canBeSet() {
        return System.getenv(FILE) != null;
    }

    /** PostgreSQL's: it inherits the environment of this JVM. */
    static HostClock inherited() {
        return new HostClock(Path.of(System.getenv().getOrDefault(FILE, "")));
    }

    /** That of a JVM with this {@link #environment}. */
    static HostClock in(Path file) {
        HostClock clock = new HostClock(file);
        clock.write(Duration.ZERO);
        return clock;
    }

    Map<String, String> environment() {
        return canBeSet() ? Map.of(FILE, file.toAbsolutePath().toString(), COMMANDS, "java") : Map.of();
    }

    /** Returns once it is wrong by {@code error}: ahead, or behind if that is negative. */
    public void set(Duration error) throws InterruptedException {
        write(error);
        Thread.sleep(PAUSE_MILLIS); // By then it has been read.
    }

    private void write(Duration error) {
        try {
            Files.writeString(file, "%+d".formatted(error.toSeconds()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
