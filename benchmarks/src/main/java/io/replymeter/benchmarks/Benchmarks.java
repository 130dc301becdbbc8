package io.replymeter.benchmarks;

import io.replymeter.benchmarks.catchup.CatchUpCommand;
import io.replymeter.benchmarks.catchup.CompareCommand;
import io.replymeter.benchmarks.catchup.GrowthCommand;
import io.replymeter.benchmarks.requests.PostingCommand;
import io.replymeter.benchmarks.requests.ReadsCommand;
import io.replymeter.benchmarks.requests.RebuildCommand;
import io.replymeter.benchmarks.requests.VisibilityCommand;
import io.replymeter.benchmarks.servers.FootprintCommand;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code benchmarks/run}: one subcommand per measurement. */
@Command(
        name = "benchmarks/run",
        description = "Measures Replymeter and what one would use instead.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            CompareCommand.class,
            CatchUpCommand.class,
            RebuildCommand.class,
            GrowthCommand.class,
            VisibilityCommand.class,
            ReadsCommand.class,
            PostingCommand.class,
            FootprintCommand.class
        })
final class Benchmarks {

    private Benchmarks() {}

    @Command(name = "hot-functions", description = "Decoding and folding, by JMH.")
    int hotFunctions(@Parameters(description = "JMH's own options and patterns, after a --.") String... arguments)
            throws CommandLineOptionException, RunnerException {
        new Runner(new CommandLineOptions(arguments)).run();
        return 0;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }
}
