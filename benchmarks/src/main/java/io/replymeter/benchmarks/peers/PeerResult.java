package io.replymeter.benchmarks.peers;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a peer's process says of itself when it is done.
 *
 * @param startSeconds from the start of its JVM until its partitions were assigned
 * @param seconds from then until everything was committed
 * @param cpuSeconds of its process, meanwhile
 */
public record PeerResult(double startSeconds, double seconds, double cpuSeconds, String checksum) {

    public static PeerResult read(Path file) throws IOException {
        Properties its = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            its.load(reader);
        }
        return new PeerResult(
                Double.parseDouble(its.getProperty("startSeconds")),
                Double.parseDouble(its.getProperty("seconds")),
                Double.parseDouble(its.getProperty("cpuSeconds")),
                its.getProperty("checksum"));
    }

    void write(Path file) throws IOException {
        Properties its = new Properties();
        its.setProperty("startSeconds", Double.toString(startSeconds));
        its.setProperty("seconds", Double.toString(seconds));
        its.setProperty("cpuSeconds", Double.toString(cpuSeconds));
        its.setProperty("checksum", checksum);
        try (Writer writer = Files.newBufferedWriter(file)) {
            its.store(writer, "result");
        }
    }
}
