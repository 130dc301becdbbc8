package io.replymeter.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.result.ServersCpu;
import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.InvalidEvent;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The run of a peer's program, from its task to its result. Thread-safe. */
final class PeerRun {

    /** The table in which peers keep providers' days in PostgreSQL. */
    static final String CREATE_DAILY = """
            CREATE TABLE daily (
                provider_id      uuid NOT NULL,
                day              integer NOT NULL,
                inquiries        bigint NOT NULL,
                answered         bigint NOT NULL,
                answered_late    bigint NOT NULL,
                response_micros  bigint NOT NULL,
                PRIMARY KEY (provider_id, day)
            )
            """;

    private static final String READ_DAILY =
            "SELECT provider_id, day, inquiries, answered, answered_late, response_micros FROM daily";

    private static final EventCodec CODEC = new EventCodec();
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

    /**
     * Decodes a record's value with the contract's codec, as Replymeter does: no variant reads JSON faster than another.
     * Null for what is not measured (rule 1).
     */
    static @Nullable Event decode(byte[] value) {
        try {
            return CODEC.decode(value).filter(InOrderFold::counts).orElse(null);
        } catch (InvalidEvent e) {
            throw new IllegalStateException("The workload holds no invalid event", e);
        }
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

    /** Writes the result, which is in the table of days, to the task's file. */
    void reportDaily(Connection connection) throws SQLException {
        report(Checksum.of(connection, READ_DAILY, task.topic().end()));
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
