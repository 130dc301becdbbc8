package io.replymeter.messaging.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The token that this service sends to the metrics API. */
final class BearerToken {

    private BearerToken() {}

    /**
     * Adds the token in {@code file}, or nothing without a file. The file is read every time, so that a renewed token is
     * used at once.
     *
     * @throws RuntimeException if the file cannot be read or holds no token
     */
    static void add(HttpHeaders headers, @Nullable Path file) {
        if (file == null) {
            return;
        }
        String token = contents(file).strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new IllegalStateException(file + " does not hold one bearer token");
        }
        headers.setBearerAuth(token);
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The token file cannot be read: " + e, e);
        }
    }
}
