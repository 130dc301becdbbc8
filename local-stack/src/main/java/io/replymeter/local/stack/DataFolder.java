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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a local stack keeps: the servers' data, the signing key, logs. Opened by one {@code up} at a time; reading
 * its key and addresses needs no lock.
 */
public final class DataFolder {

    /** The major version whose data files are in here. */
    private static final String POSTGRESQL_VERSION = "18";

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

    Path postgresql() {
        return file("postgresql");
    }

    Path kafka() {
        return file("kafka");
    }

    Path publicKey() {
        return file("signing-key.pub");
    }

    /** A bearer token with {@code metrics:read}, made anew at every start. */
    Path metricsToken() {
        return file("metrics-token");
    }

    private Path privateKey() {
        return file("signing-key.pem");
    }

    private Path initialised() {
        return file("initialised");
    }

    private Path initialising() {
        return file("initialising");
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

    /**
     * Makes sure that the servers' data are whole or absent. Data of a first start that was interrupted are empty, and
     * are removed.
     *
     * @return whether an interrupted first start was cleared away
     * @throws CannotContinue when there are data that no start of ours has completed
     */
    boolean prepare() {
        try {
            if (Files.exists(initialised())) {
                requireWhole();
                return false;
            }
            if (Files.exists(initialising())) {
                delete(postgresql());
                delete(kafka());
                return true;
            }
            requireAbsent();
            Files.createFile(initialising());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the data are kept. */
    void markInitialised() {
        try {
            if (Files.exists(initialising())) {
                Files.move(initialising(), initialised(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireWhole() throws IOException {
        Path version = postgresql().resolve("PG_VERSION");
        for (Path part : List.of(version, postgresql().resolve("global"), kafka().resolve("data"))) {
            if (!Files.exists(part)) {
                throw new CannotContinue("The data in " + folder + " are not whole, " + part
                        + " is missing: restore it, or delete the folder to begin anew.");
            }
        }
        String found = Files.readString(version).strip();
        if (!found.equals(POSTGRESQL_VERSION)) {
            throw new CannotContinue("The data in " + folder + " belong to PostgreSQL " + found + ", not "
                    + POSTGRESQL_VERSION + ": choose another folder with --data DIR, or delete it to begin anew.");
        }
    }

    private void requireAbsent() {
        for (Path part : List.of(postgresql(), kafka())) {
            if (Files.exists(part)) {
                throw new CannotContinue(
                        part + " was left half-initialised, or is not ours: delete it, or choose another folder with"
                                + " --data DIR.");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
