package io.replymeter.benchmarks.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** The CPU time (in steps of 10 ms) and the memory of processes, as Linux counts them; 0 on other systems. */
public final class ProcessUsage {

    private static final double SECONDS_A_TICK = 0.01;
    private static final int USER = 11;
    private static final int ENDED_CHILDREN = 13;
    private static final int AFTER = 15;

    private ProcessUsage() {}

    /** CPU seconds of {@code process} and its children, also those that have ended. */
    static double cpuSecondsOfTree(long process) {
        long ticks = ticks(process, AFTER);
        LongStream children = ProcessHandle.of(process).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid);
        return (ticks + children.map(child -> ticks(child, AFTER)).sum()) * SECONDS_A_TICK;
    }

    /** CPU seconds of {@code process} itself. */
    public static double cpuSeconds(long process) {
        return ticks(process, ENDED_CHILDREN) * SECONDS_A_TICK;
    }

    /** Resident memory of {@code process}. */
    public static long residentBytes(long process) {
        return bytes(process, "VmRSS:");
    }

    /** The resident memory of {@code process} now and at most, in words. */
    public static String memory(long process) {
        return "%d MB resident, %d MB at most".formatted(residentBytes(process) >> 20, bytes(process, "VmHWM:") >> 20);
    }

    private static long bytes(long process, String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException endedOrNotLinux) {
            return 0;
        }
    }

    private static long ticks(long process, int end) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = USER; field < end; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks;
        } catch (IOException endedOrNotLinux) {
            return 0;
        }
    }
}
