package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.pairing.EventReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a peer's process is told.
 *
 * @param events in the topic
 * @param end of the workload
 * @param jdbcUrl of an empty database
 * @param folder an empty one, for whatever it keeps
 * @param result file that it writes
 * @param option tells apart the ways to run it
 */
public record PeerTask(
        String bootstrapServers,
        String topic,
        long events,
        Instant end,
        String jdbcUrl,
        Path folder,
        Path result,
        String option) {

    static PeerTask of(String[] arguments) {
        return new PeerTask(
                arguments[0],
                arguments[1],
                Long.parseLong(arguments[2]),
                Instant.parse(arguments[3]),
                arguments[4],
                Path.of(arguments[5]),
                Path.of(arguments[6]),
                arguments[7]);
    }

    public List<String> arguments() {
        return List.of(
                bootstrapServers,
                topic,
                Long.toString(events),
                end.toString(),
                jdbcUrl,
                folder.toString(),
                result.toString(),
                option);
    }

    EventReader reader() {
        return option.equals("databind") ? EventReader.databind() : EventReader.streaming();
    }
}
