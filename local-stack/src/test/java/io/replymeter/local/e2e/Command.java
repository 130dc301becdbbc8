package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./replymeter …} did on the stack of the tests.
 *
 * @param text what it printed, or its errors if it printed nothing
 */
record Command(int exitCode, String text) {

    private static final Path LAUNCHER =
            Path.of("..", "replymeter").toAbsolutePath().normalize();
    private static final JsonMapper JSON = new JsonMapper();

    static Command run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", EndToEnd.folder().toString()));
        try {
            Path errors = Files.createTempFile("replymeter-errors", ".txt");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                int code = process.waitFor();
                return new Command(code, text.isEmpty() ? Files.readString(errors) : text);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Command succeeded() {
        assertThat(exitCode).as(text).isZero();
        return this;
    }

    JsonNode json() {
        succeeded();
        return JSON.readTree(text);
    }

    /** Whatever the exit code is. */
    JsonNode answer() {
        return JSON.readTree(text);
    }
}
