package io.replymeter.metrics.pace;

/**
 * Which share of its time a replay works. At less than all of it, the replay yields.
 *
 * @param share above 0, and up to 1
 */
public record Pace(double share) {

    /** All of its time. */
    public static final Pace FULL = new Pace(1);

    /** However slow the reads are: a rebuild always goes on. */
    static final Pace LEAST = new Pace(0.25);

    private static final double SLOW_READS_BORNE = 0.01;
    private static final double SLOWER = 0.5;
    private static final double FASTER = 1.1;

    /**
     * What was seen since the last look.
     *
     * @param reads that were answered
     * @param slowReads those of them that took too long
     * @param liveIsBehind whether the live generation has more to read than it keeps up with
     */
    record Seen(long reads, long slowReads, boolean liveIsBehind) {

        private boolean isTooMuch() {
            return liveIsBehind || slowReads > reads * SLOW_READS_BORNE;
        }
    }

    /** At once slower, slowly faster again; and as fast as can be while nobody would notice. */
    Pace after(Seen seen) {
        if (seen.isTooMuch()) {
            return new Pace(Math.max(LEAST.share, share * SLOWER));
        }
        return seen.reads() == 0 ? FULL : new Pace(Math.min(1, share * FASTER));
    }

    public boolean yields() {
        return share < 1;
    }

    /** How long to pause after having worked for so long; both in nanoseconds. */
    public long pauseAfter(long worked) {
        return Math.round(worked * (1 / share - 1));
    }
}
