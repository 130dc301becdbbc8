package io.replymeter.local;

import java.nio.file.Path;

/** What the launcher script passes on to this program. */
final class Launcher {

    static final String VERSION = "0.2.0";

    private Launcher() {}

    /** How the user called the script. */
    static String command() {
        return System.getProperty("replymeter.command", "./replymeter");
    }

    /** The folder that the script is in. */
    static Path root() {
        return Path.of(System.getProperty("replymeter.root", ""));
    }
}
