package io.replymeter.local;

import java.nio.file.Path;

/** What the shell script at the root tells its program. */
final class Launcher {

    static final String VERSION = "0.1.0-SNAPSHOT";

    private Launcher() {}

    /** The script as the user called it. */
    static String command() {
        return System.getProperty("replymeter.command", "./replymeter");
    }

    /** The folder of the script. */
    static Path root() {
        return Path.of(System.getProperty("replymeter.root", ""));
    }

    /** The executable jar of a service, as the build left it. */
    static Path jar(String service) {
        return root().resolve(service).resolve("target").resolve(service + "-" + VERSION + ".jar");
    }
}
