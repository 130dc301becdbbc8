package io.replymeter.faults;

import static java.util.Objects.requireNonNull;

import io.replymeter.events.MessageEventsTopic;
import io.replymeter.faults.Wait.StillStands;
import io.replymeter.faults.check.Snapshot;
import io.replymeter.faults.check.SnapshotReader;
import io.replymeter.faults.check.Verifier;
import io.replymeter.faults.load.Journal;
import io.replymeter.faults.load.Load;
import io.replymeter.faults.stack.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Breaks one thing after another while callers go on, in an order that the seed decides, measures until all flows again, and
 * has everything verified each time. It ends at the first finding: the data and the logs stay as they are.
 */
final class Campaign implements AutoCloseable {

    /** Of no fault: how long it takes anyway. */
    static final String NOTHING = "nothing";

    /** Of as many pairs of a client and a provider: in nearly all partitions and shards. */
    private static final int PROBES = 36;

    private final Random random;
    private final Cluster cluster;
    private final Journal journal = new Journal();
    private final Load load;
    private final SnapshotReader reader;
    private final Rebuilds rebuilds;
    private final Health health;
    private final Report report;
    private final Consumer<String> say;

    Campaign(Cluster cluster, long seed, Consumer<String> say) {
        this.random = new Random(seed);
        this.say = say;
        this.report = new Report();
        this.cluster = cluster;
        this.load = new Load(cluster, MessageEventsTopic.NAME, journal, seed);
        this.reader = new SnapshotReader(cluster, MessageEventsTopic.NAME, load.providers());
        this.rebuilds = new Rebuilds(cluster, seed);
        this.health = new Health(cluster, load.callers());
    }

    /** All kinds of faults there are. */
    List<Fault> kinds() {
        List<Fault> kinds = new ArrayList<>(new FaultKinds(cluster, MessageEventsTopic.NAME).all());
        kinds.addAll(new TopicFaults(cluster, MessageEventsTopic.NAME, load, reader, rebuilds).all());
        kinds.addAll(new MachineFaults(cluster, say).all());
        return kinds;
    }

    /** Each of {@code kinds} once in every round, in an order of its own, until {@code time} is over. */
    Report run(List<Fault> kinds, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Fault> round = new ArrayList<>();
        begin();
        while (System.nanoTime() < end && report.findings().isEmpty()) {
            if (round.isEmpty()) {
                round.addAll(kinds);
                Collections.shuffle(round, random);
            }
            attempt(round.remove(round.size() - 1));
        }
        return report;
    }

    /** Each of {@code kinds} once, in this order, until something is found. */
    Report runOnce(List<Fault> kinds) {
        begin();
        kinds.stream().takeWhile(kind -> report.findings().isEmpty()).forEach(this::attempt);
        return report;
    }

    private void begin() {
        attempt(Fault.momentary(NOTHING, random -> () -> {}));
    }

    private void attempt(Fault fault) {
        try {
            inflict(fault);
        } catch (Exception e) {
            report.found(List.of("differs: the campaign could not go on after `" + fault.kind() + "`: " + e));
        }
    }

    private void inflict(Fault fault) throws Exception {
        String state = rebuilds.step();
        int errors = journal.errors();
        journal.takeLongestGap();
        int seconds = fault.seconds(random);
        long since = System.nanoTime();
        Fault.Mending mending = fault.breaking().begin(random);
        if (!fault.isTakenOver()) {
            TimeUnit.SECONDS.sleep(seconds);
            since = System.nanoTime();
            mending.run();
        }
        long mended = System.nanoTime();
        awaitFlow();
        Duration recovery = Duration.ofNanos(System.nanoTime() - since);
        Duration afterMending = Duration.ofNanos(System.nanoTime() - mended);
        if (fault.isTakenOver()) {
            mending.run();
        }
        Duration gap = journal.takeLongestGap();
        report.recovered(fault.kind(), state, recovery, afterMending, gap);
        if (fault.isPlanned() && journal.errors() > errors) {
            report.found(List.of("differs: callers saw " + (journal.errors() - errors) + " errors: " + fault.kind()));
        }
        check();
        Wait.until("an instance says that something is wrong when nothing is", health::isWell);
        Wait.until("an instance shows earlier numbers", health::isCurrent);
        say.accept("%s, beside %s: %.1f s, %.1f s of them once all ran; %.1f s without an answer to a read; %d errors"
                .formatted(
                        fault.kind(),
                        state,
                        recovery.toMillis() / 1000.0,
                        afterMending.toMillis() / 1000.0,
                        gap.toMillis() / 1000.0,
                        journal.errors() - errors));
    }

    /** Posts are accepted, their events reach the topic, and the live generation reads them. */
    private void awaitFlow() throws Exception {
        load.callers().postToAll(PROBES);
        Instant posted = Instant.now();
        Wait.until("events wait in the outbox", () -> reader.haveBeenSent(posted));
        Map<Integer, Long> ends = reader.ends();
        Wait.until("partitions are not read on", () -> reader.liveHasRead(ends));
    }

    private void check() throws Exception {
        rebuilds.hurry();
        report.found(findings(snapshot -> report.checked(journal, snapshot.records())));
    }

    /** What is wrong when all is quiet, once {@code change} has seen or changed what there is. */
    List<String> findings(Consumer<Snapshot> change) throws Exception {
        return load.whilePaused(() -> {
            Snapshot snapshot = whenQuiet();
            change.accept(snapshot);
            return Verifier.findings(journal, snapshot);
        });
    }

    private Snapshot whenQuiet() throws StillStands, InterruptedException {
        Wait.until("something is still under way", reader::isQuiet);
        AtomicReference<Snapshot> snapshot = new AtomicReference<>();
        Wait.until("not all of it can be read", () -> {
            snapshot.set(reader.read());
            return true;
        });
        return requireNonNull(snapshot.get());
    }

    @Override
    public void close() {
        load.close();
        cluster.close();
    }
}
