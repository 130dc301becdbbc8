package io.replymeter.local;

import io.replymeter.local.stack.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The data folder that a command works on. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of the data, the logs and the signing key (default: .replymeter beside the script)")
    private @Nullable Path folder;

    DataFolder folder() {
        return DataFolder.at(folder == null ? Launcher.root().resolve(".replymeter") : folder);
    }

    /** How to call the command {@code name} on this folder, to be copied by the user. */
    String command(String name) {
        String quoted = folder == null ? "" : " --data '" + folder().path() + "'";
        return Launcher.command() + " " + name + quoted;
    }
}
