package io.replymeter.benchmarks.servers;

import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Bearer tokens that the measured services accept. */
public final class Tokens {

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final DataFolder folder;
    private final SigningKey key;

    public Tokens(BenchmarkServers servers) {
        this.folder = DataFolder.at(servers.folder());
        this.key = folder.createSigningKey();
    }

    /** @param subject a user's id, or the name of a service */
    public String token(String subject, String... scopes) {
        return key.token(subject, List.of(scopes), LIFETIME);
    }

    Path publicKey() {
        return folder.file("signing-key.pub");
    }

    Path toFile(String subject, String scope) {
        try {
            return Files.writeString(folder.file("metrics-token"), token(subject, scope));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
