package io.replymeter.faults;

import io.replymeter.faults.stack.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code faults/run}: a campaign of faults against everything, on one machine. */
@Command(
        name = "faults/run",
        description = "Kills, freezes and cuts off what runs, and looks whether anything is lost or counted twice.",
        subcommands = Upgrade.class,
        mixinStandardHelpOptions = true)
final class Faults implements Callable<Integer> {

    @Option(names = "--minutes", defaultValue = "30", description = "How long. Default: ${DEFAULT-VALUE}")
    private int minutes;

    @Option(names = "--seed", defaultValue = "1", description = "Decides order and victims. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--only", defaultValue = "", description = "Only faults whose names match this pattern.")
    private Pattern only = Pattern.compile("");

    @Option(
            names = "--data",
            defaultValue = "faults/target/campaigns",
            description = "Where each campaign gets a folder for data, logs and report.md. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of("");

    /** @return 1 if anything was found */
    @Override
    public Integer call() throws Exception {
        Path folder = newFolder("seed-" + seed);
        try (Campaign campaign = campaign(new Cluster(folder))) {
            List<Fault> kinds = campaign.kinds().stream()
                    .filter(fault -> only.matcher(fault.kind()).find())
                    .toList();
            return write(campaign.run(kinds, Duration.ofMinutes(minutes)), "campaign of faults, seed " + seed, folder);
        }
    }

    Path newFolder(String name) throws IOException {
        Path folder = data.resolve(name + "-" + Instant.now().getEpochSecond());
        System.out.println("Starting two instances of each service in " + folder + " …");
        return Files.createDirectories(folder);
    }

    /** One that ends with this JVM. */
    Campaign campaign(Cluster cluster) {
        Campaign campaign = new Campaign(cluster, seed, Faults::say);
        Runtime.getRuntime().addShutdownHook(new Thread(campaign::close));
        return campaign;
    }

    private static void say(String line) {
        System.out.println(Instant.now() + " " + line);
    }

    /** @return 1 if anything was found */
    int write(Report report, String title, Path folder) throws IOException {
        String text = report.markdown(title);
        Files.writeString(folder.resolve("report.md"), text);
        System.out.println("\n" + text);
        return report.findings().isEmpty() ? 0 : 1;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Faults()).execute(arguments));
    }
}
