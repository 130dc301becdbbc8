package io.replymeter.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import io.replymeter.benchmarks.result.Checksum;
import java.lang.management.ManagementFactory;

/** Times one peer's process. Thread-safe. */
final class Stopwatch {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private double startSeconds;
    private long started;
    private long ended;
    private long cpu;

    /** The first partition was assigned; later calls are ignored. */
    synchronized void assigned() {
        if (started == 0) {
            startSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
            cpu = PROCESS.getProcessCpuTime();
            started = System.nanoTime();
        }
    }

    /** Everything was committed. */
    synchronized void committed() {
        ended = System.nanoTime();
        cpu = PROCESS.getProcessCpuTime() - cpu;
    }

    synchronized PeerResult result(Checksum checksum) {
        return new PeerResult(startSeconds, (ended - started) / 1e9, cpu / 1e9, checksum.toString());
    }
}
