package io.replymeter.faults;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other processes do, which cannot tell when it is done. */
final class Wait {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long PAUSE_MILLIS = 100;

    private Wait() {}

    /** Something did not happen in time. */
    static final class StillStands extends Exception {
        StillStands(String what) {
            super(what);
        }
    }

    /** Failures do not count: what is asked may be what is broken. */
    static void until(String otherwise, Callable<Boolean> condition) throws StillStands, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
                last = "";
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = ", " + e;
            }
            Thread.sleep(PAUSE_MILLIS); // Another process cannot call back, so it is asked again.
        }
        throw new StillStands(otherwise + " for " + PATIENCE.toMinutes() + " minutes" + last);
    }
}
