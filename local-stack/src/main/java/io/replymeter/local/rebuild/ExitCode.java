package io.replymeter.local.rebuild;

/** What {@code status} and {@code watch} end with. 1 (refused, or nobody answers) and 2 (wrong usage) are picocli's. */
public enum ExitCode {
    /** Ready without a difference, or live, or replaced since. */
    DONE(0),
    /** Ready, and it differs from what is live. */
    DIFFERENCES(3),
    /** Failed or cancelled. */
    FAILED(4),
    PAUSED(5),
    UNDER_WAY(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
