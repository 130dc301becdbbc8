package io.replymeter.local.rebuild;

/** The exit codes of {@code status} and {@code watch}. 1 (refused or no answer) and 2 (wrong usage) come from picocli. */
public enum ExitCode {
    /** Ready without differences, live, or replaced since. */
    DONE(0),
    /** Ready, but different from the live generation. */
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
