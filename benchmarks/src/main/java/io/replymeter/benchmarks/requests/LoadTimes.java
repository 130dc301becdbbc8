package io.replymeter.benchmarks.requests;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command sends requests. */
final class LoadTimes {

    @Option(
            names = "--warm-up",
            description = "How long requests are sent before it is measured (default: ${DEFAULT-VALUE}). With more"
                    + " callers than cores, the JVM's compilers get little of them, and need minutes.")
    Duration warmUp;

    @Option(names = "--time", description = "How long it is measured (default: ${DEFAULT-VALUE}).")
    Duration time;

    /** With these times unless the options name others. */
    LoadTimes(Duration warmUp, Duration time) {
        this.warmUp = warmUp;
        this.time = time;
    }
}
