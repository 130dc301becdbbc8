package io.replymeter.measurement;

/**
 * What a thread's messages that are no longer kept leave behind: enough to fold on from them. Times are in
 * {@link Micros}; {@link #NONE} where there is none.
 *
 * @param lastMessageAt the last message folded
 * @param lastProviderAt the provider's last message, if it was younger than the silence at the last message
 * @param openedAt the inquiry that was open, which itself has left the window
 */
record Checkpoint(long lastMessageAt, long lastProviderAt, long openedAt) {

    static final long NONE = Long.MIN_VALUE;
    static final Checkpoint EMPTY = new Checkpoint(NONE, NONE, NONE);

    boolean isEmpty() {
        return lastMessageAt == NONE;
    }

    /** From when on it changes no fold that starts from it: its inquiry is over, and its provider has been silent. */
    long endsAt(Ruleset ruleset) {
        return lastMessageAt + Micros.of(ruleset.horizon()) + Micros.of(ruleset.reinquirySilence());
    }
}
