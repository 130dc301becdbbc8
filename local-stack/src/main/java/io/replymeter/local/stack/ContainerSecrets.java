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
 * What containers on this machine may know: for each a folder to be mounted, with its secrets and no others. Containers
 * run as users who are nobody here, so everybody may read these files; the folder above them lets nobody but its owner
 * in.
 */
public final class ContainerSecrets {

    private static final int PASSWORD_BYTES = 24;
    private static final String PUBLIC_KEY = "signing-key.pub";

    private final DataFolder data;
    private final Path folder;

    /** @param data whose signing key signs the tokens that the services accept */
    public ContainerSecrets(DataFolder data) {
        this.data = data;
        this.folder = data.file("containers");
    }

    /** Makes the key when there is none, and all files anew; running containers see them at once. */
    public void write() {
        try {
            Files.createDirectories(folder);
            permit(folder, "rwx------");
            data.writeMetricsToken(data.createSigningKey());
            share("messaging-service", PUBLIC_KEY, data.publicKey());
            share("messaging-service", "metrics-token", data.metricsToken());
            share("metrics-service", PUBLIC_KEY, data.publicKey());
            share("demo", "signing-key.pem", data.privateKey());
        } catch (IOException e) {
            throw new CannotContinue("Cannot write to " + folder + ": " + e, e);
        }
    }

    /**
     * Writes random passwords, and where {@link #write} writes to, as docker-compose.yml beside the file reads them.
     *
     * @return false when the file is there already: the passwords belong to the data, and are kept
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

    /** Writes it whole: a container sees the old content or the new one. */
    private void share(String container, String name, Path secret) throws IOException {
        Path readable = Files.createDirectories(folder.resolve(container));
        permit(readable, "rwxr-xr-x");
        Path whole = folder.resolve(name + ".new");
        Files.copy(secret, whole, StandardCopyOption.REPLACE_EXISTING);
        permit(whole, "rw-r--r--");
        Files.move(whole, readable.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
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
