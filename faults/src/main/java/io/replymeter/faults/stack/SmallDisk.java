package io.replymeter.faults.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of its own in a file, which can be filled up. Only root may mount it. What is on it stays in that file, beside
 * the folder, to be looked at after another {@code mount -o loop}.
 */
public final class SmallDisk implements AutoCloseable {

    private static final String SIZE = "1g";
    private static final int PIECE = 1 << 16;

    private final Path folder;
    private final Path ballast;
    private final boolean isMounted;

    private SmallDisk(Path folder, boolean isMounted) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
        this.isMounted = isMounted;
    }

    /** A disk at {@code folder}; if none can be mounted, an ordinary folder that cannot be filled. */
    static SmallDisk at(Path folder) {
        Path image = folder.resolveSibling(folder.getFileName() + ".disk");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean isMounted = run("truncate", "--size=" + SIZE, image.toString())
                && run("mkfs.ext4", "-q", "-m", "0", image.toString())
                && run("mount", "-o", "loop", image.toString(), folder.toString());
        return new SmallDisk(folder, isMounted);
    }

    public boolean canBeFilled() {
        return isMounted;
    }

    /** Nothing more can be written until {@link #empty}. */
    public void fill() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        run("fallocate", "--length", Long.toString(free), ballast.toString());
        Path rest = folder.resolve("ballast-rest");
        try (OutputStream out = Files.newOutputStream(rest)) {
            while (true) {
                out.write(new byte[PIECE]);
            }
        } catch (IOException full) {
            // No space is left, as it should be.
        }
    }

    public void empty() throws IOException {
        Files.deleteIfExists(ballast);
        Files.deleteIfExists(folder.resolve("ballast-rest"));
    }

    /** Whether the command is there and succeeded. */
    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (isMounted) {
            run("umount", "--lazy", folder.toString());
        }
    }
}
