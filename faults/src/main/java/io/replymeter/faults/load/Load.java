package io.replymeter.faults.load;

import io.replymeter.faults.stack.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Callers, other producers and readers at work, with pauses in which all that was to be written has been answered. */
public final class Load implements AutoCloseable {

    private static final int CALLERS = 4;

    private final ReadWriteLock pausing = new ReentrantReadWriteLock(true);
    private final List<Thread> threads = new ArrayList<>();
    private final Callers callers;
    private final OtherProducers others;
    private final List<UUID> providers;
    private volatile boolean isOver;
    private volatile @Nullable Throwable failure;

    /** Something that is not interrupted by a pause. */
    interface Act {
        void run() throws InterruptedException;
    }

    /** Lets pauses come in between acts only. */
    interface Turns {
        void take(Act act) throws InterruptedException;
    }

    private interface Worker {
        void run(Random random) throws InterruptedException;
    }

    /** Begins at once. */
    public Load(Cluster cluster, String topic, Journal journal, long seed) {
        callers = new Callers(cluster, journal);
        List<UUID> theirs = OtherProducers.newProviders();
        others = new OtherProducers(cluster.kafka().bootstrapServers(), topic, theirs, journal);
        providers = new ArrayList<>(callers.providerIds());
        providers.addAll(theirs);
        Random seeds = new Random(seed);
        for (int i = 0; i < CALLERS; i++) {
            start(seeds.nextLong(), random -> callers.run(random, this::turn, () -> isOver));
        }
        start(seeds.nextLong(), random -> others.run(random, this::turn, () -> isOver));
        Readers readers = new Readers(cluster, callers, journal);
        start(seeds.nextLong(), random -> readers.readProfiles(() -> isOver));
        start(seeds.nextLong(), random -> readers.readNumbers(() -> isOver));
    }

    private void start(long seed, Worker worker) {
        Thread thread = new Thread(
                () -> {
                    try {
                        worker.run(new Random(seed));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        failure = e;
                    }
                },
                "load");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void turn(Act act) throws InterruptedException {
        pausing.readLock().lockInterruptibly();
        try {
            act.run();
        } finally {
            pausing.readLock().unlock();
        }
    }

    public Callers callers() {
        return callers;
    }

    /** All to whom messages are sent. */
    public List<UUID> providers() {
        return List.copyOf(providers);
    }

    /** Does something while nothing is under way. */
    public <T> T whilePaused(Callable<T> work) throws Exception {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("The load has ended", failed);
        }
        pausing.writeLock().lock();
        try {
            return work.call();
        } finally {
            pausing.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        isOver = true;
        threads.forEach(Thread::interrupt);
        others.close();
    }
}
