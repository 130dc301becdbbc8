package io.replymeter.local.stack;

import io.replymeter.embedded.PrivateFolder;
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
 * The folder of a local stack: the data of the servers, the signing key and the logs. Only one {@code up} at a time uses
 * it; reading the key and the addresses needs no lock.
 */
public final class DataFolder {

    private static final Duration TOKEN_LIFETIME = Duration.ofDays(365);
    private static final String PASSWORD_PROPERTY = "spring.datasource.password=";
    private static final Pattern UNUSABLE = Pattern.compile("[,\"$`\\\\\\n]");

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

    Path runningFile() {
        return file("running.properties");
    }

    public Path publicKey() {
        return file("signing-key.pub");
    }

    /** A bearer token with the scope {@code metrics:read}, which every start writes again. */
    public Path metricsToken() {
        return file("metrics-token");
    }

    Path opsToken() {
        return file("ops-token");
    }

    /** Everybody of the sample marketplace, with a token each. */
    public Path demoPeople() {
        return file("demo-people.json");
    }

    Path privateKey() {
        return file("signing-key.pem");
    }

    /** The log file of {@code process}. */
    public Path log(String process) {
        return folder.resolve("logs").resolve(process + ".log");
    }

    /**
     * Creates the folder if it is missing, locks it for this process, and writes down where the stack will run.
     *
     * @throws CannotContinue when another process has locked the folder, or it cannot be written
     */
    public FolderLock lock(StackPorts ports) {
        if (UNUSABLE.matcher(folder.toString()).find()) {
            throw new CannotContinue("Kafka and PostgreSQL cannot use " + folder
                    + ", because its path contains one of , \" $ ` \\: choose another folder with --data DIR.");
        }
        try {
            PrivateFolder.create(folder.resolve("logs"));
            return FolderLock.take(
                    this, new RunningStack(ProcessHandle.current().pid(), ports));
        } catch (AccessDeniedException | FileAlreadyExistsException e) {
            throw new CannotContinue("Cannot write to " + e.getFile() + ": choose another folder with --data DIR.", e);
        } catch (IOException e) {
            throw new CannotContinue(
                    "Cannot use " + folder + " (" + e + "): choose another folder with --data DIR.", e);
        }
    }

    /** The stack that runs on this folder, or was the last to run. */
    public RunningStack running() {
        return RunningStack.read(runningFile());
    }

    /** @throws CannotContinue when no stack has been started in this folder */
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
                            + "): delete it and start `up` again, which creates a new one.",
                    e);
        }
    }

    /** The key, which is created if it is missing. */
    public SigningKey createSigningKey() {
        try {
            SigningKey.createIfMissing(privateKey(), publicKey());
            return signingKey();
        } catch (IOException | GeneralSecurityException e) {
            throw new CannotContinue("Cannot write " + privateKey() + ": " + e, e);
        }
    }

    /**
     * Copies the jars of the services here: a build may then replace the originals while the services run.
     *
     * @throws CannotContinue when the jars have not been built
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

    /** Renames the logs of the previous start, so that each log covers one start. */
    void keepPreviousLogs(List<String> processes) {
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
        writeSecret(metricsToken(), key.token("messaging-service", List.of("metrics:read"), TOKEN_LIFETIME));
    }

    /** Writes a configuration of services that holds only the database's password. */
    Path writeDatabasePassword(String password) {
        writeSecret(databasePasswordFile(), PASSWORD_PROPERTY + password);
        return databasePasswordFile();
    }

    /** The database's password; empty if no service has started on this folder. */
    public String databasePassword() {
        try {
            return Files.exists(databasePasswordFile())
                    ? Files.readString(databasePasswordFile()).substring(PASSWORD_PROPERTY.length())
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path databasePasswordFile() {
        return file("database.properties");
    }

    /** Writes the token with which Prometheus reads the services' meters. */
    void writeOpsToken(SigningKey key) {
        writeSecret(opsToken(), key.token("prometheus", List.of("metrics:ops"), TOKEN_LIFETIME));
    }

    /** Writes a file that only its owner may read. */
    public void writeSecret(Path file, String content) {
        try {
            SecretFile.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
