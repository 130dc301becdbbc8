package io.replymeter.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets of the containers on this machine. Each container mounts a folder with its own secrets only. Containers run
 * as users that do not exist on this machine, so everybody may read the files, but only the owner may enter the folder
 * above them.
 */
public final class ContainerSecrets {

    private static final int PASSWORD_BYTES = 24;
    private static final String PUBLIC_KEY = "signing-key.pub";

    private final DataFolder data;
    private final Path folder;

    /** @param data the folder of the key that signs the tokens which the services accept */
    public ContainerSecrets(DataFolder data) {
        this.data = data;
        this.folder = data.file("containers");
    }

    /** Creates the key if it is missing and writes all files again. Running containers see them at once. */
    public void write() {
        try {
            Files.createDirectories(folder);
            permit(folder, "rwx------");
            data.writeMetricsToken(data.createSigningKey());
            data.writeOpsToken(data.signingKey());
            share("messaging-service", PUBLIC_KEY, data.publicKey());
            share("messaging-service", "metrics-token", data.metricsToken());
            share("metrics-service", PUBLIC_KEY, data.publicKey());
            share("demo", "signing-key.pem", data.privateKey());
            share("prometheus", "ops-token", data.opsToken());
        } catch (IOException e) {
            throw new CannotContinue("Cannot write to " + folder + ": " + e, e);
        }
    }

    /**
     * Writes the variables of docker-compose.yml: random passwords, and the folder that {@link #write} writes to.
     *
     * @return false if the file exists: its passwords belong to existing data, so that it is left unchanged
     */
    public boolean writeEnvironment(Path file) {
        if (Files.exists(file)) {
            return false;
        }
        try {
            SecretFile.write(file, """
                    # Written by ./replymeter images, read by docker compose. The passwords belong to the data in its volumes.
                    REPLYMETER_SECRETS=./.replymeter/containers
                    REPLYMETER_POSTGRESQL_PASSWORD=%s
                    REPLYMETER_MESSAGING_DATABASE_PASSWORD=%s
                    REPLYMETER_METRICS_DATABASE_PASSWORD=%s
                    """.formatted(password(), password(), password()));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the file atomically: a container sees either the old content or the new one. */
    private void share(String container, String name, Path secret) throws IOException {
        Path readable = Files.createDirectories(folder.resolve(container));
        permit(readable, "rwxr-xr-x");
        Path copy = folder.resolve(name + ".new");
        Files.copy(secret, copy, StandardCopyOption.REPLACE_EXISTING);
        permit(copy, "rw-r--r--");
        Files.move(copy, readable.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
