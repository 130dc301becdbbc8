package io.replymeter.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything a local stack keeps: the servers' data, the signing key, logs. Opened by one {@code up} at a time; reading
 * its key and addresses needs no lock.
 */
public final class DataFolder {

    private static final Duration TOKEN_LIFETIME = Duration.ofDays(365);
    private static final Pattern UNUSABLE = Pattern.compile("[,\"$`\\\\\\n]");
    private static final String RUNNING = "running.properties";

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    public static DataFolder at(Path folder) {
        return new DataFolder(folder.toAbsolutePath().normalize());
    }

    public Path path() {
        return folder;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    ServerData serverData() {
        return new ServerData(folder);
    }

    public Path publicKey() {
        return file("signing-key.pub");
    }

    /** A bearer token with {@code metrics:read}, made anew at every start. */
    public Path metricsToken() {
        return file("metrics-token");
    }

    Path privateKey() {
        return file("signing-key.pem");
    }

    /** Where {@code process} logs. */
    public Path log(String process) {
        return folder.resolve("logs").resolve(process + ".log");
    }

    /**
     * Takes the folder for this process, made when missing, and says there where the stack will be.
     *
     * @throws CannotContinue when another process has it, or it cannot be written
     */
    public FolderLock lock(StackPorts ports) {
        if (UNUSABLE.matcher(folder.toString()).find()) {
            throw new CannotContinue(
                    "Kafka and PostgreSQL cannot use a folder with one of , \" $ ` \\ in its path: choose"
                            + " another one than " + folder + " with --data DIR.");
        }
        try {
            Files.createDirectories(folder.resolve("logs"));
            FolderLock lock = FolderLock.take(this);
            new RunningStack(ProcessHandle.current().pid(), ports).write(file(RUNNING));
            return lock;
        } catch (AccessDeniedException | FileAlreadyExistsException e) {
            throw new CannotContinue("Cannot write to " + e.getFile() + ": choose another folder with --data DIR.", e);
        } catch (IOException e) {
            throw new CannotContinue(
                    "Cannot use " + folder + " (" + e + "): choose another folder with --data DIR.", e);
        }
    }

    /** The address and process of the stack that runs on this folder, if one does. */
    public RunningStack running() {
        return RunningStack.read(file(RUNNING));
    }

    /** @throws CannotContinue when no stack has been started here */
    public SigningKey signingKey() {
        if (!Files.exists(privateKey())) {
            throw new CannotContinue("No stack has been started in " + folder
                    + " yet: run `up` first, or name its folder with --data DIR.");
        }
        try {
            return SigningKey.read(privateKey());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CannotContinue(
                    "Cannot read " + privateKey() + " (" + e
                            + "): delete it and start `up` again, which makes a new one.",
                    e);
        }
    }

    /** The key, made when there is none. */
    public SigningKey createSigningKey() {
        try {
            SigningKey.createIfMissing(privateKey(), publicKey());
            return signingKey();
        } catch (IOException | GeneralSecurityException e) {
            throw new CannotContinue("Cannot write " + privateKey() + ": " + e, e);
        }
    }

    /**
     * Copies the services' jars here, so that a build meanwhile does not pull them away from under what runs.
     *
     * @throws CannotContinue when they have not been built
     */
    public ServiceJars copy(ServiceJars jars) {
        return new ServiceJars(copy(jars.messaging()), copy(jars.metrics()));
    }

    private Path copy(Path jar) {
        try {
            Path copies = Files.createDirectories(folder.resolve("services"));
            return Files.copy(jar, copies.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new CannotContinue(jar + " is missing: build it with ./mvnw -DskipTests package", e);
        } catch (IOException e) {
            throw new CannotContinue("Cannot copy " + jar + " into " + folder + ": " + e, e);
        }
    }

    /** Keeps the logs of the start before, so that this start's logs are its own. */
    void putLogsAside(List<String> processes) {
        try {
            for (String process : processes) {
                if (Files.exists(log(process))) {
                    Files.move(log(process), log(process + ".previous"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void writeMetricsToken(SigningKey key) {
        try {
            SecretFile.write(metricsToken(), key.token("messaging-service", List.of("metrics:read"), TOKEN_LIFETIME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
