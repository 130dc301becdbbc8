package io.replymeter.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.result.ServersCpu;
import io.replymeter.benchmarks.workload.TopicReader;
import java.lang.management.ManagementFactory;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The run of a peer's program, from its task to its result. Thread-safe. */
final class PeerRun {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final PeerTask task;
    private double startSeconds;
    private long started;
    private long ended;
    private long cpu;

    /** @param arguments of the program */
    PeerRun(String[] arguments) {
        this.task = PeerTask.of(arguments);
    }

    PeerTask task() {
        return task;
    }

    /** Reads the whole topic with plain consumers, which share its partitions. */
    void readTopic(List<? extends TopicReader.Worker> workers) throws Exception {
        new TopicReader(task.bootstrapServers(), task.topic().name()).read(this::assigned, workers);
    }

    /** Is told that the first partition was assigned; later calls are ignored. */
    synchronized void assigned() {
        if (started == 0) {
            startSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
            cpu = PROCESS.getProcessCpuTime();
            started = System.nanoTime();
        }
    }

    /** Is told that everything was committed. */
    synchronized void committed() {
        ended = System.nanoTime();
        cpu = PROCESS.getProcessCpuTime() - cpu;
    }

    /** Writes the result to the task's file. */
    synchronized void report(Checksum checksum) {
        Run run = new Run(
                task.variant(),
                task.topic().events(),
                startSeconds,
                (ended - started) / 1e9,
                cpu / 1e9,
                ServersCpu.UNKNOWN,
                checksum.toString());
        JsonMapper.shared().writeValue(task.result(), run);
    }
}
