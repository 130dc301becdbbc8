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
 * The data of PostgreSQL and Kafka in a data folder, which belong together. A mark tells data that a first start has
 * completed from those of one that was interrupted.
 */
final class ServerData {

    /** The major version whose data files these are. */
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
     * Makes sure that the data are whole or absent. Those of an interrupted first start are empty, and are removed.
     *
     * @return whether an interrupted first start was cleared away
     * @throws CannotContinue when there are data that no start of ours has completed
     */
    boolean prepare() {
        try {
            if (Files.exists(initialised)) {
                requireWhole();
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

    /** From now on the data are kept. */
    void markInitialised() {
        try {
            if (Files.exists(initialising)) {
                Files.move(initialising, initialised, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireWhole() throws IOException {
        Path version = postgresql.resolve("PG_VERSION");
        for (Path part : List.of(version, postgresql.resolve("global"), kafka.resolve("data"))) {
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
        for (Path part : List.of(postgresql, kafka)) {
            if (Files.exists(part)) {
                throw new CannotContinue(
                        part + " was left half-initialised, or is not ours: delete it, or choose another"
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
