package io.replymeter.benchmarks.requests;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How long a command sends requests, and to which messaging-service. */
final class LoadTimes {

    @Option(
            names = "--warm-up",
            description = "How long requests are sent before it is measured (default: ${DEFAULT-VALUE}). With more"
                    + " callers than cores, the JVM's compilers get little of them, and need minutes.")
    Duration warmUp;

    @Option(names = "--time", description = "How long it is measured (default: ${DEFAULT-VALUE}).")
    Duration time;

    @Option(
            names = "--jvm",
            description = "An option of messaging-service's JVM, such as -XX:TieredStopAtLevel=1; may be repeated.")
    List<String> jvmOptions = List.of();

    /** With these times unless the options name others. */
    LoadTimes(Duration warmUp, Duration time) {
        this.warmUp = warmUp;
        this.time = time;
    }
}
