package io.replymeter.local.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs other programs. */
public final class Program {

    private Program() {}

    /**
     * Runs a program on this terminal and waits until it has ended.
     *
     * @throws CannotContinue with the message {@code failure} when the program is missing or fails
     */
    public static void run(Path folder, List<String> command, String failure) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new CannotContinue(failure);
            }
        } catch (IOException e) {
            throw new CannotContinue(failure, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotContinue("Interrupted while waiting for " + command.get(0) + ".", e);
        }
    }

    /** What a program prints, without blanks around it; empty if the program is missing. */
    public static String output(Path folder, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
