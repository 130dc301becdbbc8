package io.replymeter.benchmarks.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a process below so many bytes, without swap, as a container does: by a memory control group. Linux, as root. */
final class MemoryLimit {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private MemoryLimit() {}

    /** A process that needs more is killed. What it used before this moment does not count. */
    static void set(long process, long bytes) {
        try {
            if (Files.exists(GROUPS.resolve("cgroup.controllers"))) {
                write(GROUPS.resolve("cgroup.subtree_control"), "+memory");
                limit(GROUPS, process, bytes, "memory.max", "memory.swap.max", 0);
            } else {
                limit(
                        GROUPS.resolve("memory"),
                        process,
                        bytes,
                        "memory.limit_in_bytes",
                        "memory.memsw.limit_in_bytes",
                        bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A memory limit needs Linux, its control groups, and root", e);
        }
    }

    private static void limit(Path parent, long process, long bytes, String memory, String swap, long swapBytes)
            throws IOException {
        Path group = Files.createDirectories(parent.resolve("replymeter-" + process));
        write(group.resolve(memory), Long.toString(bytes));
        if (Files.exists(group.resolve(swap))) {
            write(group.resolve(swap), Long.toString(swapBytes));
        }
        write(group.resolve("cgroup.procs"), Long.toString(process));
    }

    private static void write(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardOpenOption.WRITE);
    }
}
