package io.replymeter.benchmarks.requests;

import io.replymeter.benchmarks.servers.Services;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            description = "An option of the measured service's JVM, such as -XX:TieredStopAtLevel=1; may be repeated.")
    List<String> jvmOptions = List.of();

    @Option(
            names = "--memory",
            description = "Megabytes that each service may use, as in a container of that size. Linux, as root.")
    @Nullable Integer memory;

    /** The options of each service's JVM that say so. */
    List<String> memoryLimit() {
        return memory == null ? List.of() : List.of(Services.MEMORY + memory + "m");
    }

    /** With these times unless the options name others. */
    LoadTimes(Duration warmUp, Duration time) {
        this.warmUp = warmUp;
        this.time = time;
    }
}
