package io.replymeter.local;

import io.replymeter.local.stack.CannotContinue;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Other programs. */
final class Program {

    private Program() {}

    /**
     * Runs it to its end, on our terminal.
     *
     * @throws CannotContinue with {@code otherwise} when it is missing or fails
     */
    static void run(Path folder, List<String> command, String otherwise) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new CannotContinue(otherwise);
            }
        } catch (IOException e) {
            throw new CannotContinue(otherwise, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotContinue("Interrupted while waiting for " + command.get(0) + ".", e);
        }
    }

    /** What it prints, stripped; empty when it is missing or has nothing to say. */
    static String output(Path folder, List<String> command) {
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
