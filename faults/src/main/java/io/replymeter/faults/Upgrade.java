package io.replymeter.faults;

import io.replymeter.faults.stack.Cluster;
import io.replymeter.faults.stack.Instance;
import io.replymeter.local.stack.ServiceJars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code faults/run upgrade}: from the previous release to this one and back, in both orders. */
@Command(
        name = "upgrade",
        description =
                "Starts the services of another checkout, replaces one instance after another by what is built here,"
                        + " and then back, under load: once metrics-service first, once messaging-service first.",
        mixinStandardHelpOptions = true)
final class Upgrade implements Callable<Integer> {

    @ParentCommand
    private Faults faults = new Faults();

    @Option(names = "--previous", required = true, description = "The other checkout. Its services have to be built.")
    private Path previous = Path.of("");

    /** @return 1 if anything was found */
    @Override
    public Integer call() throws Exception {
        return Math.max(roll(true), roll(false));
    }

    /** On a new database and topic: each order comes upon the migrations. */
    private int roll(boolean metricsFirst) throws Exception {
        ServiceJars before = ServiceJars.in(previous);
        String title = "upgrade, " + (metricsFirst ? "metrics" : "messaging") + "-service first";
        Path folder = faults.newFolder(title.replaceAll("\\W+", "-"));
        Cluster cluster = new Cluster(folder, before);
        try (Campaign campaign = faults.campaign(cluster)) {
            return faults.write(campaign.runOnce(steps(cluster, before, metricsFirst)), title, folder);
        }
    }

    /** Back goes the other way round: what was replaced first was needed by what came after it. */
    private static List<Fault> steps(Cluster cluster, ServiceJars before, boolean metricsFirst) {
        List<Instance> order = new ArrayList<>(metricsFirst ? cluster.metrics() : cluster.messaging());
        order.addAll(metricsFirst ? cluster.messaging() : cluster.metrics());
        ServiceJars now = Cluster.builtHere();
        List<Fault> steps = new ArrayList<>();
        order.forEach(instance -> steps.add(replaced(instance, now, steps.size() + 1 + ". to this release: ")));
        Collections.reverse(order);
        order.forEach(instance -> steps.add(replaced(instance, before, steps.size() + 1 + ". back: ")));
        return steps;
    }

    private static Fault replaced(Instance instance, ServiceJars jars, String step) {
        return Fault.planned(step + instance, random -> {
            instance.replace(jars);
            return () -> {};
        });
    }
}
