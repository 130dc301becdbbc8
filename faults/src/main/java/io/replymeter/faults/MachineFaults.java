package io.replymeter.faults;

import static io.replymeter.faults.Fault.lasting;
import static io.replymeter.faults.Fault.takenOver;

import io.replymeter.faults.Fault.Mending;
import io.replymeter.faults.stack.Cluster;
import io.replymeter.faults.stack.HostClock;
import io.replymeter.faults.stack.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a machine may run out of, and clocks that are wrong. What cannot be done on this one is left out and said. */
final class MachineFaults {

    private static final Duration WRONG = Duration.ofMinutes(10);
    private static final int MOST_SECONDS_WRONG = 30;
    private static final long SECONDS_UNTIL_ENDED = 3;

    private final Cluster cluster;
    private final Consumer<String> say;

    MachineFaults(Cluster cluster, Consumer<String> say) {
        this.cluster = cluster;
        this.say = say;
    }

    List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        all.add(takenOver("no heap left for messaging-service", random -> heapFull(random, cluster.messaging())));
        all.add(takenOver("no heap left for metrics-service", random -> heapFull(random, cluster.metrics())));
        all.addAll(ofDisks());
        all.addAll(ofClocks());
        return all;
    }

    private static Mending heapFull(Random random, List<Instance> instances) throws Exception {
        Instance victim = FaultKinds.any(instances, random);
        victim.fillHeap();
        return () -> {
            Wait.until("a JVM without heap goes on", () -> !victim.isAlive());
            victim.start();
            victim.awaitReady();
        };
    }

    private List<Fault> ofDisks() {
        if (!cluster.kafkaDisk().canBeFilled() || !cluster.postgresqlDisk().canBeFilled()) {
            say.accept("Left out: full disks. Only root may mount small ones, with mkfs.ext4 and loop devices");
            return List.of();
        }
        return List.of(
                lasting("no disk space left for the broker", 5, 20, random -> {
                    cluster.kafkaDisk().fill();
                    return () -> {
                        cluster.kafkaDisk().empty();
                        restartIfEnded(cluster.kafka()::isAlive, cluster.kafka()::restart);
                    };
                }),
                lasting("no disk space left for PostgreSQL", 5, 20, random -> {
                    cluster.postgresqlDisk().fill();
                    return () -> {
                        cluster.postgresqlDisk().empty();
                        restartIfEnded(cluster::isPostgresqlAlive, cluster::restartPostgresql);
                    };
                }));
    }

    /** It may be about to end because of what it could not write. */
    private static void restartIfEnded(Supplier<Boolean> isAlive, Runnable restart) throws InterruptedException {
        TimeUnit.SECONDS.sleep(SECONDS_UNTIL_ENDED);
        if (!isAlive.get()) {
            restart.run();
        }
    }

    private List<Fault> ofClocks() {
        if (!HostClock.canBeSet()) {
            say.accept("Left out: wrong clocks. faults/run needs libfaketime for them: apt install faketime");
            return List.of();
        }
        List<Fault> all = new ArrayList<>();
        for (Duration error : List.of(WRONG, WRONG.negated())) {
            String how = error.isNegative() ? " is 10 minutes behind" : " is 10 minutes ahead";
            all.add(wrong("clock of PostgreSQL" + how, error, random -> cluster.postgresqlClock()));
            all.add(wrong("clock of the broker" + how, error, random -> cluster.kafkaClock()));
            all.add(wrong("clock of a messaging-service" + how, error, random -> any(cluster.messaging(), random)));
            all.add(wrong("clock of a metrics-service" + how, error, random -> any(cluster.metrics(), random)));
        }
        return all;
    }

    private static HostClock any(List<Instance> instances, Random random) {
        return FaultKinds.any(instances, random).clock();
    }

    private interface Choice {
        HostClock of(Random random);
    }

    /** All must go on while it is wrong. */
    private static Fault wrong(String kind, Duration error, Choice choice) {
        return takenOver(kind, random -> {
            HostClock clock = choice.of(random);
            clock.set(error);
            return () -> {
                TimeUnit.SECONDS.sleep(random.nextInt(MOST_SECONDS_WRONG));
                clock.set(Duration.ZERO);
            };
        });
    }
}
