package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.peers.PeerTask;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.result.ServersCpu;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Services;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.embedded.Database;
import io.replymeter.embedded.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import tools.jackson.databind.json.JsonMapper;

/**
 * An alternative to Replymeter, run in a separate JVM.
 *
 * @param program its main class
 * @param heap such as {@code 1g}
 * @param option that the program is run with
 */
record PeerVariant(String name, Class<?> program, String heap, String option) implements Variant {

    private static final String DATABASE = "peer";

    @Override
    public Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        Path folder = Files.createTempDirectory(servers.folder().path(), "peer-");
        Database database = servers.newDatabase(DATABASE);
        PeerTask task = new PeerTask(name, servers.bootstrapServers(), topic, database, folder, option);
        ServersCpu before = servers.cpu();
        try {
            execute(task, servers.folder().log("peer"));
            Run run = JsonMapper.shared().readValue(task.result(), Run.class);
            return run.with(servers.cpu().since(before));
        } finally {
            servers.deleteTopics(folder.getFileName().toString());
            Utils.delete(folder.toFile());
        }
    }

    private void execute(PeerTask task, Path log) {
        List<String> options = new ArrayList<>(Services.JVM_OPTIONS);
        options.add("-Xmx" + heap);
        try (JavaProcess process = JavaProcess.start(
                options, System.getProperty("java.class.path"), program.getName(), List.of(task.argument()), log)) {
            int code = process.onExit().join();
            if (code != 0) {
                throw new IllegalStateException(name + " ended with code " + code + "; its log says why: " + log);
            }
        }
    }
}
