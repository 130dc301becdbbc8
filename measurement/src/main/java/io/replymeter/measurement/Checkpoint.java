package io.replymeter.measurement;

/**
 * What is kept of a thread's old messages once they are deleted: enough to continue the fold. Times are in
 * {@link Micros}; {@link #NONE} where there is none.
 *
 * @param lastMessageAt when the last deleted message was sent
 * @param lastProviderAt when the provider's last message was sent, if that was within the silence before the last message
 * @param openedAt when the clock of the inquiry started that was open at the end; it has left the window
 * @param closedAt if that inquiry is excused: the client's next message after that opens another
 */
record Checkpoint(long lastMessageAt, long lastProviderAt, long openedAt, long closedAt) {

    static final long NONE = Long.MIN_VALUE;
    static final Checkpoint EMPTY = new Checkpoint(NONE, NONE, NONE, NONE);

    boolean isEmpty() {
        return lastMessageAt == NONE;
    }

    /** From when on it can be dropped: its inquiry is over and the silence has passed, so it no longer changes a fold. */
    long endsAt(Ruleset ruleset) {
        return Math.max(lastMessageAt, openedAt) + Micros.of(ruleset.horizon()) + Micros.of(ruleset.reinquirySilence());
    }
}
