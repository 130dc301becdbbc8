package io.replymeter.faults.stack;

import io.replymeter.embedded.faults.Link;
import io.replymeter.embedded.faults.Signals;
import io.replymeter.local.stack.ServiceJars;
import io.replymeter.local.stack.ServiceProcess;
import java.util.List;
import java.util.function.Function;

/** An instance of a service, with its own links to the broker and to PostgreSQL. */
public final class Instance {

    private final String name;
    private final Link kafka;
    private final Link postgresql;
    private final HostClock clock;
    private final Function<ServiceJars, ServiceProcess> start;
    private ServiceJars jars;
    private ServiceProcess process;

    Instance(
            String name,
            Link kafka,
            Link postgresql,
            HostClock clock,
            ServiceJars jars,
            Function<ServiceJars, ServiceProcess> start) {
        this.name = name;
        this.kafka = kafka;
        this.postgresql = postgresql;
        this.clock = clock;
        this.start = start;
        this.jars = jars;
        this.process = start.apply(jars);
    }

    public String url() {
        return "http://127.0.0.1:" + process.port();
    }

    public List<Link> links() {
        return List.of(kafka, postgresql);
    }

    public HostClock clock() {
        return clock;
    }

    /** Fills its heap until it ends by an error, as its JVM is told to. */
    public void fillHeap() throws Exception {
        HeapFiller.fill(process.processId());
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void freeze() {
        Signals.freeze(process.processId());
    }

    public void thaw() {
        Signals.thaw(process.processId());
    }

    /** Both links fall silent, then the process is killed: nobody hears that its connections ended. */
    public void vanish() {
        links().forEach(Link::fallSilent);
        kill();
    }

    /** As a deploy does it: asks it to stop, starts another one and waits until that can serve. */
    public void replace() {
        replace(jars);
    }

    /** The same, by another release. */
    public void replace(ServiceJars release) {
        process.close();
        jars = release;
        start();
        awaitReady();
    }

    /** Starts it after it was killed, over links that work. */
    public void start() {
        links().forEach(Link::cut);
        process = start.apply(jars);
    }

    public void awaitReady() {
        process.awaitReady();
    }

    void close() {
        kill();
    }

    @Override
    public String toString() {
        return name;
    }
}
