package io.replymeter.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of PostgreSQL and Kafka in a data folder. They belong together: a marker file says whether the first start was
 * completed or interrupted.
 */
final class ServerData {

    /** The major version of PostgreSQL that reads these files. */
    private static final String POSTGRESQL_VERSION = "18";

    private final Path folder;
    private final Path postgresql;
    private final Path kafka;
    private final Path initialising;
    private final Path initialised;

    ServerData(Path folder) {
        this.folder = folder;
        this.postgresql = folder.resolve("postgresql");
        this.kafka = folder.resolve("kafka");
        this.initialising = folder.resolve("initialising");
        this.initialised = folder.resolve("initialised");
    }

    Path postgresql() {
        return postgresql;
    }

    Path kafka() {
        return kafka;
    }

    /**
     * Makes sure that the data are either complete or absent. An interrupted first start leaves nothing worth keeping, so
     * its data are removed.
     *
     * @return whether the data of an interrupted first start were removed
     * @throws CannotContinue when the data are incomplete, or come from elsewhere
     */
    boolean prepare() {
        try {
            if (Files.exists(initialised)) {
                requireComplete();
                return false;
            }
            if (Files.exists(initialising)) {
                delete(postgresql);
                delete(kafka);
                return true;
            }
            requireAbsent();
            Files.createFile(initialising);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records that the first start was completed: from now on the data are kept. */
    void markInitialised() {
        try {
            if (Files.exists(initialising)) {
                Files.move(initialising, initialised, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireComplete() throws IOException {
        Path version = postgresql.resolve("PG_VERSION");
        for (Path part : List.of(version, postgresql.resolve("global"), kafka.resolve("data"))) {
            if (!Files.exists(part)) {
                throw new CannotContinue("The data in " + folder + " are incomplete, " + part
                        + " is missing: restore it, or delete the folder to start from the beginning.");
            }
        }
        String found = Files.readString(version).strip();
        if (!found.equals(POSTGRESQL_VERSION)) {
            throw new CannotContinue("The data in " + folder + " belong to PostgreSQL " + found + ", not "
                    + POSTGRESQL_VERSION + ": choose another folder with --data DIR, or delete this one to start from"
                    + " the beginning.");
        }
    }

    private void requireAbsent() {
        for (Path part : List.of(postgresql, kafka)) {
            if (Files.exists(part)) {
                throw new CannotContinue(
                        part + " is half-initialised or belongs to something else: delete it, or choose another"
                                + " folder with --data DIR.");
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
