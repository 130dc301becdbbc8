package io.replymeter.local;

import io.replymeter.local.stack.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data folder a command is about. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data, the logs and the signing key (default: .replymeter beside the script)")
    private @Nullable Path folder;

    DataFolder folder() {
        return DataFolder.at(folder == null ? Launcher.root().resolve(".replymeter") : folder);
    }

    /** The launcher with this option, for commands to be copied: ready for another command's name. */
    String command(String name) {
        String quoted = folder == null ? "" : " --data '" + folder().path() + "'";
        return Launcher.command() + " " + name + quoted;
    }
}
