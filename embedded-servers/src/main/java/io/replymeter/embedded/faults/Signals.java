package io.replymeter.embedded.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Freezes processes and lets them go on. Only on systems with {@code kill}. */
public final class Signals {

    private Signals() {}

    /** As {@code kill -STOP} does: its connections stay open, and it says nothing any more. */
    public static void freeze(long process) {
        send("-STOP", process);
    }

    /** As {@code kill -CONT} does. */
    public static void thaw(long process) {
        send("-CONT", process);
    }

    private static void send(String signal, long process) {
        try {
            int failed = new ProcessBuilder("kill", signal, Long.toString(process))
                    .start()
                    .waitFor();
            if (failed != 0) {
                throw new IllegalStateException("kill " + signal + " " + process + " failed: has the process ended?");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
