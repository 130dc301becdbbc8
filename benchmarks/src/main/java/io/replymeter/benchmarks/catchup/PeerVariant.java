package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.peers.PeerResult;
import io.replymeter.benchmarks.peers.PeerTask;
import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Folders;
import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.embedded.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Something else than Replymeter, in a JVM of its own.
 *
 * @param program its main class
 * @param heap such as {@code 1g}
 * @param option that the program is run with
 */
record PeerVariant(String name, Class<?> program, String heap, String option) implements Variant {

    private static final String DATABASE = "peer";

    @Override
    public Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception {
        Path folder = Files.createTempDirectory(servers.folder(), "peer-");
        Path result = servers.folder().resolve("peer.properties");
        Path log = servers.folder().resolve("peer.log");
        Files.deleteIfExists(result);
        PeerTask task = new PeerTask(
                servers.bootstrapServers(),
                topic.name(),
                topic.events(),
                topic.end(),
                servers.newDatabase(DATABASE),
                folder,
                result,
                option);
        double postgresqlCpu = servers.postgresqlCpu();
        double kafkaCpu = servers.kafkaCpu();
        try (JavaProcess process = JavaProcess.start(
                List.of("-XX:+UseParallelGC", "-XX:NewRatio=1", "-Xmx" + heap),
                System.getProperty("java.class.path"),
                program.getName(),
                task.arguments(),
                log)) {
            int code = process.onExit().join();
            if (code != 0) {
                throw new IllegalStateException(name + " ended with code " + code + "; its log says why: " + log);
            }
        } finally {
            deleteTopics(servers, folder.getFileName().toString());
            Folders.delete(folder);
        }
        PeerResult its = PeerResult.read(result);
        return new Run(
                name,
                topic.events(),
                its.seconds(),
                its.startSeconds(),
                its.cpuSeconds(),
                servers.postgresqlCpu() - postgresqlCpu,
                servers.kafkaCpu() - kafkaCpu,
                its.checksum());
    }

    /** Those that the program made. */
    private static void deleteTopics(BenchmarkServers servers, String prefix)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            List<String> its = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .toList();
            admin.deleteTopics(its).all().get();
        }
    }
}
