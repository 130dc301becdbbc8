package io.replymeter.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/**
 * The lock of this process on a data folder. The operating system holds it and releases it when the process ends; the
 * file itself may stay behind and means nothing.
 */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks {@code folder}, and writes there what other commands need to know about {@code stack}. */
    static FolderLock take(DataFolder folder, RunningStack stack) throws IOException {
        FolderLock lock = new FolderLock(
                FileChannel.open(folder.file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            if (!lock.isTaken()) {
                throw new CannotContinue("A stack already runs in " + folder.path()
                        + folder.running().describe()
                        + ": use it, stop it with Ctrl-C, or start another one with --data DIR and other ports.");
            }
            stack.write(folder.runningFile());
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private boolean isTaken() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
