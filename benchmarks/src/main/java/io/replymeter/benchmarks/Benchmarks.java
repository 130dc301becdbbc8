package io.replymeter.benchmarks;

import io.replymeter.benchmarks.catchup.CatchUpCommand;
import io.replymeter.benchmarks.catchup.CompareCommand;
import io.replymeter.benchmarks.catchup.GrowthCommand;
import io.replymeter.benchmarks.hotpath.HotFunctionsCommand;
import io.replymeter.benchmarks.requests.PostingCommand;
import io.replymeter.benchmarks.requests.ReadsCommand;
import io.replymeter.benchmarks.requests.RebuildCommand;
import io.replymeter.benchmarks.requests.VisibilityCommand;
import io.replymeter.benchmarks.servers.FootprintCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code benchmarks/run}: one subcommand a measurement. */
@Command(
        name = "benchmarks/run",
        description = "Measures Replymeter, beside what one would use instead.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CompareCommand.class,
            CatchUpCommand.class,
            RebuildCommand.class,
            GrowthCommand.class,
            VisibilityCommand.class,
            ReadsCommand.class,
            PostingCommand.class,
            FootprintCommand.class,
            HotFunctionsCommand.class
        })
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }
}
