package io.replymeter.local;

import io.replymeter.embedded.EmbeddedServers;
import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.demo.Demo;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.FolderLock;
import io.replymeter.local.stack.LocalStack;
import io.replymeter.local.stack.ServiceJars;
import io.replymeter.local.stack.StackPorts;
import io.replymeter.local.stack.StackSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and keeps it running until the user stops it. */
@Command(
        name = "up",
        description = "Starts PostgreSQL, Kafka and both services. Ctrl-C stops them; the data are kept.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--demo", description = "fills the stack with 30 days of a sample marketplace, once")
    private boolean demo;

    @Option(names = "--messaging-port", paramLabel = "PORT", description = "port of messaging-service (default: 8080)")
    private int messagingPort = StackPorts.MESSAGING;

    @Option(names = "--metrics-port", paramLabel = "PORT", description = "port of metrics-service (default: 8081)")
    private int metricsPort = StackPorts.METRICS;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "port of Kafka (default: 19092)")
    private int kafkaPort = StackPorts.KAFKA;

    @Option(names = "--postgresql-port", paramLabel = "PORT", description = "port of PostgreSQL (default: 15432)")
    private int postgresqlPort = StackPorts.POSTGRESQL;

    /** Held until this process has ended, with all processes that it started. */
    private @Nullable FolderLock lock;

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();

    @Override
    public Integer call() {
        StackPorts ports = new StackPorts(messagingPort, metricsPort, kafkaPort, postgresqlPort);
        DataFolder folder = data.folder();
        lock = folder.lock(ports);
        try {
            return run(folder, ports);
        } catch (RuntimeException e) {
            awaitExitIfStopping();
            failed.set(true);
            throw e;
        }
    }

    private int run(DataFolder folder, StackPorts ports) {
        long began = System.nanoTime();
        ServiceJars jars = folder.copy(ServiceJars.in(Launcher.root()));
        LocalStack stack = new LocalStack(folder, settings(folder, ports, jars), System.out::println);
        stopAtExit(stack);
        stack.start();
        System.out.printf(
                "Ready after %d s.%n",
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        Welcome welcome = new Welcome(ports, data, System.out);
        List<Demo.Sight> sights = demo ? fillIn(folder, ports) : List.of();
        welcome.printPages(new Links(folder.signingKey(), ports), sights, demo);
        welcome.printAddresses(folder);
        if (demo) {
            welcome.printSights(sights, true);
        } else {
            welcome.printFirstSteps();
        }
        System.out.println("\nCtrl-C stops everything; the data are kept.");
        String end = stack.awaitUnexpectedEnd();
        awaitExitIfStopping();
        System.err.println(end);
        return 1;
    }

    private StackSettings settings(DataFolder folder, StackPorts ports, ServiceJars jars) {
        List<String> arguments = demo ? List.of("--replymeter.web.demo-people=" + folder.demoPeople()) : List.of();
        return new StackSettings(ports, jars, new EmbeddedServers(), arguments, Map.of());
    }

    private List<Demo.Sight> fillIn(DataFolder folder, StackPorts ports) {
        MessagingApi api = new MessagingApi(ports.messagingUrl(), TokenCommand.token(folder.signingKey(), "admin"));
        return new Demo(folder, api, System.out::println).run();
    }

    private void stopAtExit(LocalStack stack) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            if (!failed.get()) {
                System.out.println("\nStopping …");
            }
            stack.close();
            if (!failed.get()) {
                System.out.println("Stopped.");
            }
        }));
    }

    /** While the stack is being stopped, failures are expected and not reported. */
    private void awaitExitIfStopping() {
        while (stopping.get()) {
            LockSupport.park(this);
        }
    }
}
