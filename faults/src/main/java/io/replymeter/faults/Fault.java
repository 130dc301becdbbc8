package io.replymeter.faults;

import java.util.Random;

/**
 * A way to break something.
 *
 * @param isTakenOver whether all must flow again while it lasts, because another instance takes over; otherwise it is
 *     mended first
 * @param isPlanned whether no caller may see an error
 * @param leastSeconds how long it lasts if nobody takes over
 * @param mostSeconds the same, drawn at random between both
 */
record Fault(
        String kind, boolean isTakenOver, boolean isPlanned, int leastSeconds, int mostSeconds, Breaking breaking) {

    /** Breaks something at random and returns what mends it. */
    interface Breaking {
        Mending begin(Random random) throws Exception;
    }

    /** Returns when all processes run again. */
    interface Mending {
        void run() throws Exception;
    }

    /** One that another instance takes over. */
    static Fault takenOver(String kind, Breaking breaking) {
        return new Fault(kind, true, false, 0, 0, breaking);
    }

    /** One that lasts. */
    static Fault lasting(String kind, int leastSeconds, int mostSeconds, Breaking breaking) {
        return new Fault(kind, false, false, leastSeconds, mostSeconds, breaking);
    }

    /** One that is over as soon as it has happened. */
    static Fault momentary(String kind, Breaking breaking) {
        return lasting(kind, 0, 0, breaking);
    }

    /** One that is over as soon as it has happened, and that no caller sees. */
    static Fault planned(String kind, Breaking breaking) {
        return new Fault(kind, false, true, 0, 0, breaking);
    }

    int seconds(Random random) {
        return leastSeconds + random.nextInt(mostSeconds - leastSeconds + 1);
    }
}
