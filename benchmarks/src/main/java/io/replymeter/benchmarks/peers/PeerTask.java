package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.workload.LoadedTopic;
import io.replymeter.embedded.Database;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a peer's process is told.
 *
 * @param database an empty one
 * @param folder an empty one, for its state and its result
 * @param option tells apart the ways to run it
 */
public record PeerTask(
        String variant, String bootstrapServers, LoadedTopic topic, Database database, Path folder, String option) {

    static PeerTask of(String[] arguments) {
        return JsonMapper.shared().readValue(arguments[0], PeerTask.class);
    }

    /** The one argument of a peer's program. */
    public String argument() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /** Where the program writes its {@link io.replymeter.benchmarks.result.Run}. */
    public Path result() {
        return folder.resolve("result.json");
    }
}
